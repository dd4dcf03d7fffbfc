import type { JoinStart, Snapshot } from '../../../protocol/signaling.ts';
import { JoinClock, type JoinStage, type JoinTiming } from './JoinClock.ts';

export interface JoinTimerOptions {
  /** Whether the transport to receive on is connected already. */
  handshake: () => boolean;
  send: (timing: JoinTiming) => void;
}

/** Knows which clock runs: a session has one join after the other when it waits in a lobby. */
export class JoinTimer {
  readonly #options: JoinTimerOptions;
  #clock: JoinClock | null = null;
  #timing: JoinTiming | null = null;

  constructor(options: JoinTimerOptions) {
    this.#options = options;
  }

  /** Of the last join that is complete. */
  get timing(): JoinTiming | null {
    return this.#timing;
  }

  /** There is something of a join that is still to come. */
  get running(): boolean {
    return this.#clock !== null && !this.#clock.done;
  }

  /** The click; in a lobby, the admission. */
  start(start: JoinStart): void {
    this.#clock?.close();
    const passed: JoinStage[] = [
      ...(start === 'cold' ? [] : (['socketMs'] as const)),
      ...(this.#options.handshake() ? (['iceMs', 'dtlsMs'] as const) : []),
    ];
    this.#clock = new JoinClock(start, passed, (timing) => {
      this.#timing = timing;
      this.#options.send(timing);
    });
  }

  mark(stage: JoinStage, atMs?: number): void {
    this.#clock?.mark(stage, atMs);
  }

  /** What of the stages is to come depends on what there is to see. */
  answered({ stage, media, participants }: Snapshot): void {
    if (stage === 'lobby') this.close();
    if (stage !== 'joined' && stage !== 'aside') return;
    this.mark('answerMs');
    const muted = new Set(
      participants.flatMap(({ tracks }) => tracks.filter(({ paused }) => paused).map(({ producerId }) => producerId)),
    );
    const seesVideo = media?.consumers.some(({ kind, producerId }) => kind === 'video' && !muted.has(producerId));
    this.#clock?.expect([
      ...(media?.recv ? (['dtlsMs'] as const) : []),
      ...(seesVideo ? (['firstFrameMs'] as const) : []),
    ]);
  }

  close(): void {
    this.#clock?.close();
    this.#clock = null;
  }
}
