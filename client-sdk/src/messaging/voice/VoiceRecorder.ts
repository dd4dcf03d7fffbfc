import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { limits } from '../../../../protocol/limits.ts';
import type { MicrophoneCaptureOptions } from '../../devices/captureOptions.ts';
import { openMicrophone } from '../../devices/openDevice.ts';
import { Deferred } from '../../session/Deferred.ts';
import { TypedEmitter } from '../../TypedEmitter.ts';
import { waveformOf } from './loudness.ts';
import { LoudnessMeter } from './LoudnessMeter.ts';
import { chooseVoiceFormat } from './voiceFormat.ts';

/** What `Conversation.sendVoice()` takes. */
export interface VoiceRecording {
  blob: Blob;
  durationMs: number;
  /** Loudness of equal parts from the first to the last, 0 to 100. */
  waveform: number[];
}

export interface VoiceRecorderEvents {
  /** How loud it is now, 0 to 100; twenty times a second. */
  levelChanged: [level: number];
  /** It has stopped by itself: after the longest time that is allowed, or because the microphone is gone. `stop()` gives what there is. */
  ended: [];
}

/** Opus is transparent for speech from here on. */
const AUDIO_BITRATE_BPS = 32_000;
/** The recorder hands over what it has so often, so that little is lost where it fails. */
const SLICE_MS = 1_000;

/**
 * Records one voice message.
 *
 * @example
 * const recorder = await recordVoice();
 * recorder.on('levelChanged', (level) => meter.value = level);
 * button.onclick = async () => conversation.sendVoice(await recorder.stop());
 *
 * @throws ChaxiError microphoneDenied, deviceNotFound, deviceInUse, insecureContext, browserUnsupported
 */
export async function recordVoice(options: MicrophoneCaptureOptions = {}): Promise<VoiceRecorder> {
  const mimeType =
    'MediaRecorder' in globalThis ? chooseVoiceFormat((type) => MediaRecorder.isTypeSupported(type)) : null;
  if (mimeType === null) throw new ChaxiError('browserUnsupported');
  const track = await openMicrophone(options);
  try {
    const recorder = new VoiceRecorder(track, mimeType);
    await recorder.started;
    return recorder;
  } catch (error) {
    track.stop();
    throw error;
  }
}

/** One recording, from its first moment until it is stopped or cancelled. */
export class VoiceRecorder extends TypedEmitter<VoiceRecorderEvents> {
  /** Resolves with the first sound. */
  readonly started: Promise<void>;
  readonly #track: MediaStreamTrack;
  readonly #recorder: MediaRecorder;
  readonly #meter: LoudnessMeter;
  readonly #chunks: Blob[] = [];
  readonly #levels: number[] = [];
  readonly #finished = new Deferred<void>();
  readonly #limit: ReturnType<typeof setTimeout>;
  #startedAt = 0;
  #durationMs: number | null = null;
  #asked = false;
  #cancelled = false;

  /** @param track Its own from now on: it ends with the recording. */
  constructor(track: MediaStreamTrack, mimeType: string) {
    super();
    this.#track = track;
    this.#recorder = new MediaRecorder(new MediaStream([track]), { mimeType, audioBitsPerSecond: AUDIO_BITRATE_BPS });
    this.#recorder.ondataavailable = ({ data }) => this.#chunks.push(data);
    this.#recorder.onstop = () => this.#handleStop();
    const started = new Deferred<void>();
    this.started = started.promise;
    this.#recorder.onstart = () => {
      this.#startedAt = performance.now();
      started.resolve();
    };
    this.#recorder.onerror = (event) => started.reject(new ChaxiError('deviceInUse', { cause: event }));
    this.#meter = new LoudnessMeter(track, (level) => {
      if (this.#startedAt === 0) return;
      this.#levels.push(level);
      this.emit('levelChanged', level);
    });
    this.#limit = setTimeout(() => this.#end(), limits.voiceMs);
    // Where the microphone is gone the recorder stops by itself.
    this.#recorder.start(SLICE_MS);
  }

  /** Until now, or until it ended. */
  get durationMs(): number {
    return this.#durationMs ?? (this.#startedAt === 0 ? 0 : performance.now() - this.#startedAt);
  }

  /** Ends the recording; the microphone is free. @throws ChaxiError invalidState where it was cancelled */
  async stop(): Promise<VoiceRecording> {
    this.#asked = true;
    this.#end();
    await this.#finished.promise;
    if (this.#cancelled) throw new ChaxiError('invalidState');
    const durationMs = Math.min(limits.voiceMs, Math.round(this.durationMs));
    // Without its codecs: what the server finds out for itself.
    const type = this.#recorder.mimeType.replace(/;.*/, '');
    return { blob: new Blob(this.#chunks, { type }), durationMs, waveform: waveformOf(this.#levels) };
  }

  /** Ends the recording and forgets it. */
  cancel(): void {
    this.#cancelled = true;
    this.#asked = true;
    this.#end();
    this.#chunks.length = 0;
  }

  #end(): void {
    this.#durationMs ??= this.durationMs;
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  #handleStop(): void {
    this.#durationMs ??= this.durationMs;
    clearTimeout(this.#limit);
    this.#meter.close();
    this.#track.stop();
    this.#finished.resolve();
    if (!this.#asked) this.emit('ended');
  }
}
