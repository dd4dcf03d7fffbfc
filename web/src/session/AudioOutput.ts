import type { RemoteTrack } from '../../../client-sdk/src/index.ts';
import { savePreferences } from './preferences.ts';

/** Plays everyone's sound, on the chosen speaker. The elements need no place in the page. */
export class AudioOutput {
  readonly #elements = new Map<RemoteTrack, HTMLMediaElement>();
  #speaker: string;

  constructor(speaker = '') {
    this.#speaker = speaker;
  }

  /** Whether this browser lets a page choose the speaker. */
  static get canChoose(): boolean {
    return 'setSinkId' in HTMLMediaElement.prototype;
  }

  /** Device id; empty for the system's default. */
  get speaker(): string {
    return this.#speaker;
  }

  add(track: RemoteTrack): void {
    if (track.kind !== 'audio' || this.#elements.has(track)) return;
    const element = track.attach();
    this.#elements.set(track, element);
    void this.#route(element);
  }

  remove(track: RemoteTrack): void {
    const element = this.#elements.get(track);
    if (!element) return;
    track.detach(element);
    this.#elements.delete(track);
  }

  async choose(speaker: string): Promise<void> {
    this.#speaker = speaker;
    savePreferences({ speaker });
    await Promise.all([...this.#elements.values()].map((element) => this.#route(element)));
  }

  /** Two soft tones on the chosen speaker. */
  async test(): Promise<void> {
    const context = new AudioContext();
    const destination = context.createMediaStreamDestination();
    const element = new Audio();
    element.srcObject = destination.stream;
    await this.#route(element);
    const end = [523.25, 659.25].reduce((start, frequency) => playTone(context, destination, frequency, start), 0.1);
    await element.play();
    setTimeout(() => void context.close(), (end + 0.3) * 1_000);
  }

  close(): void {
    for (const track of [...this.#elements.keys()]) this.remove(track);
  }

  async #route(element: HTMLMediaElement): Promise<void> {
    if (!AudioOutput.canChoose) return;
    // A speaker that was unplugged is no reason to be silent: the default plays.
    await element.setSinkId(this.#speaker).catch(() => element.setSinkId('').catch(() => undefined));
  }
}

/** Returns when it ends, in seconds of the context's clock. */
function playTone(context: AudioContext, output: AudioNode, frequency: number, start: number): number {
  const end = start + 0.35;
  const oscillator = new OscillatorNode(context, { frequency });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setTargetAtTime(0.25, start, 0.02);
  gain.gain.setTargetAtTime(0, end - 0.15, 0.05);
  oscillator.connect(gain).connect(output);
  oscillator.start(start);
  oscillator.stop(end);
  return end;
}
