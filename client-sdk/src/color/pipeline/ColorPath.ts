import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { VideoCodecName } from '../../../../protocol/mediaCodecs.ts';
import type { CaptureProfile } from '../../devices/captureOptions.ts';
import type { Logger } from '../../Logger.ts';
import { checkCorrection } from '../checkCorrection.ts';
import type { ColorCorrection } from '../ColorCorrection.ts';
import type { YuvFormat } from '../yuv.ts';
import { canConvertFrames } from './canConvertFrames.ts';
import { codecFormats } from './codecFormats.ts';
import { conversionNeeded } from './conversionPolicy.ts';
import { firstFrame } from './firstFrame.ts';
import type { ConversionSettings } from './FrameConverter.ts';
import { encodedFormat, frameFormat, type FrameFormat } from './frameFormat.ts';
import { FramePipeline } from './FramePipeline.ts';

export interface ColorPathOptions {
  /** The camera's track, or whatever is published. */
  source: MediaStreamTrack;
  profile: CaptureProfile;
  codec: VideoCodecName;
  logger: Logger;
  /** Another track is to be published. */
  changed: (output: MediaStreamTrack) => void;
  /** The correction did not come about after all, and is taken back: frames go out as the camera gives them. */
  correctionFailed: (error: ChaxiError) => void;
}

/**
 * Stands between a camera and what is published of it. Most of the time that is the camera's own track; where the receiver
 * would take its colours for others, or where a correction is set, it is a track of converted frames. The camera's own one goes out
 * first, so that nobody waits for a worker.
 */
export class ColorPath {
  readonly profile: CaptureProfile;
  readonly #logger: Logger;
  readonly #changed: (output: MediaStreamTrack) => void;
  readonly #correctionFailed: (error: ChaxiError) => void;
  #source: MediaStreamTrack;
  #output: MediaStreamTrack;
  #codec: VideoCodecName;
  #paused = false;
  #correction: ColorCorrection | null = null;
  #format: FrameFormat | null = null;
  /** Of the first frame that was seen, as it is encoded. */
  #firstFormat: YuvFormat | null = null;
  #probe: AbortController | null = null;
  #pipeline: FramePipeline | null = null;
  #opening: Promise<void> | null = null;
  #closed = false;

  constructor({ source, profile, codec, logger, changed, correctionFailed }: ColorPathOptions) {
    this.profile = profile;
    this.#logger = logger;
    this.#changed = changed;
    this.#correctionFailed = correctionFailed;
    this.#source = source;
    this.#output = source;
    this.#codec = codec;
    this.#look();
  }

  /** What is to be published at present. */
  get output(): MediaStreamTrack {
    return this.#output;
  }

  get correction(): ColorCorrection | null {
    return this.#correction;
  }

  /** The camera was switched, opened again, or replaced. */
  setSource(source: MediaStreamTrack): void {
    if (this.#closed) return;
    const isOwn = this.#output === this.#source;
    this.#source = source;
    this.#look();
    this.#feed();
    if (isOwn) this.#publish(source);
  }

  /** While nothing is sent, nothing is converted. */
  setPaused(paused: boolean): void {
    if (this.#closed || this.#paused === paused) return;
    this.#paused = paused;
    this.#look();
    this.#feed();
  }

  setCodec(codec: VideoCodecName): void {
    if (this.#closed || this.#codec === codec) return;
    this.#codec = codec;
    this.#update();
  }

  /** Resolves when it holds for the next frame. @throws ChaxiError badRequest, browserUnsupported, invalidState */
  async setCorrection(correction: ColorCorrection | null): Promise<void> {
    if (this.#closed) throw new ChaxiError('invalidState');
    if (correction && !this.#canConvert) {
      throw new ChaxiError('browserUnsupported', {
        message: 'This browser can not change the frames of a video. Chrome and Edge can.',
      });
    }
    // From JavaScript, where nothing may be undefined too.
    this.#correction = correction ? checkCorrection(correction) : null;
    this.#update();
    await this.#opening;
    if (this.#correction && !this.#pipeline && !this.#closed) {
      this.#correction = null;
      throw new ChaxiError('browserUnsupported', { message: 'The frames of this video can not be changed.' });
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#probe?.abort();
    this.#pipeline?.close();
    this.#pipeline = null;
  }

  get #canConvert(): boolean {
    return this.#source.kind === 'video' && canConvertFrames();
  }

  get #isNeeded(): boolean {
    return conversionNeeded({
      profile: this.profile,
      corrected: this.#correction !== null,
      target: this.#target,
      format: this.#format,
      converting: this.#pipeline !== null,
    });
  }

  get #target(): YuvFormat | null {
    return codecFormats[this.#codec] ?? this.#firstFormat;
  }

  get #settings(): ConversionSettings {
    return { target: this.#target, correction: this.#correction };
  }

  /** Finds out by its next frame what the source gives. */
  #look(): void {
    this.#probe?.abort();
    this.#probe = null;
    if (this.profile !== 'tea' || this.#paused || !this.#canConvert) return;
    const probe = new AbortController();
    this.#probe = probe;
    this.#format = null;
    void this.#learnFormat(probe.signal);
  }

  async #learnFormat(signal: AbortSignal): Promise<void> {
    const frame = await firstFrame(this.#source, signal).catch(() => null);
    if (frame && !signal.aborted) {
      this.#format = frameFormat(frame);
      this.#firstFormat ??= encodedFormat(this.#format);
      this.#update();
    }
    frame?.close();
  }

  #update(): void {
    if (this.#closed) return;
    if (!this.#isNeeded) this.#drop();
    else if (this.#pipeline) this.#pipeline.setSettings(this.#settings);
    else this.#opening ??= this.#open();
  }

  async #open(): Promise<void> {
    try {
      const pipeline = await FramePipeline.open(this.#settings, {
        flowing: () => {
          if (this.#pipeline === pipeline) this.#publish(pipeline.track);
        },
        failed: (message) => {
          if (this.#pipeline === pipeline) this.#takeBack(message);
        },
      });
      if (this.#closed || !this.#isNeeded) {
        pipeline.close();
        return;
      }
      this.#pipeline = pipeline;
      pipeline.setSettings(this.#settings);
      this.#feed();
    } catch (error) {
      this.#logger.warn('frames can not be converted', error);
    } finally {
      this.#opening = null;
    }
  }

  /** Frames can not be converted. */
  #takeBack(message: string): void {
    this.#logger.warn('frames are sent in the colours of the camera', message);
    if (!this.#correction) return;
    this.#correction = null;
    this.#update();
    this.#correctionFailed(new ChaxiError('colorCorrectionFailed', { cause: message }));
  }

  #drop(): void {
    const pipeline = this.#pipeline;
    if (!pipeline) return;
    this.#pipeline = null;
    this.#publish(this.#source);
    pipeline.close();
  }

  #feed(): void {
    this.#pipeline?.setInput(this.#paused || this.#source.readyState === 'ended' ? null : this.#source);
  }

  #publish(output: MediaStreamTrack): void {
    if (this.#output === output) return;
    this.#output = output;
    this.#changed(output);
  }
}
