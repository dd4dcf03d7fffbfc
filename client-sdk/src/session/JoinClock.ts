import type { ClientNotificationData, JoinStart } from '../../../protocol/signaling.ts';

/**
 * How long the stages of a join took, in milliseconds from the click. `start` says what the page had done before:
 * `cold` nothing, `warm` `prepare()`, `hot` `prepare({media: true})` or the lobby.
 */
export type JoinTiming = ClientNotificationData<'joinTiming'>;

export type JoinStage = 'socketMs' | 'answerMs' | 'iceMs' | 'dtlsMs' | 'firstFrameMs';

/** A stage that has not come by then is left out. */
const DEADLINE_MS = 10_000;

/** Measures one join from its click, and tells once, when everything that was to come has come. */
export class JoinClock {
  readonly #start: JoinStart;
  readonly #onComplete: (timing: JoinTiming) => void;
  readonly #clickedAt: number;
  readonly #stages = new Map<JoinStage, number>();
  #expected: ReadonlySet<JoinStage> | null = null;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #done = false;

  /** Stages that were passed before the click count as zero. */
  constructor(start: JoinStart, passed: Iterable<JoinStage>, onComplete: (timing: JoinTiming) => void) {
    this.#start = start;
    this.#onComplete = onComplete;
    this.#clickedAt = performance.now();
    for (const stage of passed) this.#stages.set(stage, 0);
  }

  get done(): boolean {
    return this.#done;
  }

  get timing(): JoinTiming {
    const stages: Partial<Record<JoinStage, number>> = Object.fromEntries(this.#stages);
    const { socketMs = 0, answerMs = 0 } = stages;
    const timing: JoinTiming = { start: this.#start, socketMs, answerMs };
    // A busy page hears of a stage after the next one has left its mark; it was not later than that one.
    let latest = Infinity;
    for (const stage of ['firstFrameMs', 'dtlsMs', 'iceMs'] as const) {
      const ms = stages[stage];
      if (ms !== undefined) timing[stage] = latest = Math.min(ms, latest);
    }
    return timing;
  }

  /** The first time counts. */
  mark(stage: JoinStage, atMs = performance.now()): void {
    if (this.#done || this.#stages.has(stage)) return;
    this.#stages.set(stage, Math.max(0, Math.round((atMs - this.#clickedAt) * 10) / 10));
    this.#completeIfAll();
  }

  /** The answer is here, and with it what else is to come. */
  expect(stages: Iterable<JoinStage>): void {
    if (this.#done || this.#expected) return;
    this.#expected = new Set<JoinStage>(['socketMs', 'answerMs', ...stages]);
    this.#deadline = setTimeout(() => this.#complete(), DEADLINE_MS);
    this.#completeIfAll();
  }

  close(): void {
    this.#done = true;
    clearTimeout(this.#deadline);
  }

  #completeIfAll(): void {
    if (this.#expected && [...this.#expected].every((stage) => this.#stages.has(stage))) this.#complete();
  }

  #complete(): void {
    if (this.#done) return;
    this.close();
    this.#onComplete(this.timing);
  }
}
