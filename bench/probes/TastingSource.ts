import { FrameSource, type SourceOptions } from './FrameSource.ts';
import { SpeechSource } from './SpeechSource.ts';

/** Whoever shows tea and talks about it. */
export class TastingSource {
  readonly closeUp: FrameSource;
  readonly microphone = new SpeechSource();

  constructor(options: SourceOptions) {
    this.closeUp = new FrameSource(options);
  }

  start(): void {
    this.closeUp.start();
    this.microphone.start();
  }

  /** When these frames were made, in milliseconds since 1970; null for one that is not remembered. */
  madeMs(ids: readonly number[]): (number | null)[] {
    return ids.map((id) => {
      const atMs = this.closeUp.timeOf(id);
      return atMs === null ? null : performance.timeOrigin + atMs;
    });
  }
}
