import { bytesOfGuide } from '../../../protocol/bytesOfGuide.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Guide, GuideInput, GuideState, TastingStep, Tea } from '../../../protocol/guide.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Logger } from '../Logger.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import type { SessionRequest } from '../session/SessionRequest.ts';
import { LatestRevision } from './LatestRevision.ts';
import { readTimer, type TimerState } from './readTimer.ts';
import { ServerClock } from './ServerClock.ts';

/** @internal */
export interface TastingGuideOptions {
  request: SessionRequest;
  emit: RoomEmit;
  logger: Logger;
}

/**
 * The tasting guide of the room and where the tasting stands in it, the same on every page. It is known from the lobby on, and stays
 * as it was last when the room is left.
 */
export class TastingGuide {
  readonly #options: TastingGuideOptions;
  readonly #guide = new LatestRevision<GuideState>();
  readonly #step = new LatestRevision<TastingStep>();
  readonly #clock: ServerClock;
  #room: string | null = null;
  /** Since when the timer ran before the last welcome, by the clock of this page: that holds while the clock of the node is unknown. */
  #before: { revision: number; sinceMs: number } | null = null;

  /** @internal */
  constructor(options: TastingGuideOptions) {
    this.#options = options;
    this.#clock = new ServerClock({
      ping: async () => (await options.request('ping', {})).timeMs,
      known: () => this.#handleClock(),
      logger: options.logger,
    });
  }

  /** Null where there is none. */
  get current(): Guide | null {
    return this.#guide.value?.guide ?? null;
  }

  /** Grows with each change of the guide; 0 where there never was one. */
  get revision(): number {
    return this.#guide.value?.revision ?? 0;
  }

  /** Null before the tasting begins. */
  get step(): TastingStep | null {
    return this.#step.value;
  }

  /** The tea on the table. */
  get tea(): Tea | null {
    return this.current?.teas.find(({ teaId }) => teaId === this.step?.teaId) ?? null;
  }

  /**
   * How the timer of the infusion stands now, within 100 ms the same on every page, whatever the date of the device. Null where the infusion
   * has no time, and for one round trip after one came to a room where it runs: `stepChanged` tells when it is known.
   */
  timer(): TimerState | null {
    const timer = this.step?.timer;
    if (!timer) return null;
    if (timer.runningSince === null) return readTimer(timer, 0);
    const sinceMs = this.#runningSinceMs;
    return sinceMs === null ? null : readTimer({ ...timer, runningSince: sinceMs }, performance.now());
  }

  /**
   * Replaces the guide, or takes it away with null. An author who began to write some time ago says from which revision.
   * @throws ChaxiError notAllowed without the grant `lead`; guideConflict: someone else changed it meanwhile; badRequest, also where it is
   * larger than `limits.guideBytes`; storageUnavailable
   */
  async save(guide: GuideInput | null, revision: number = this.revision): Promise<void> {
    if (guide && bytesOfGuide(guide) > limits.guideBytes) {
      // The node would close the socket, and never say why.
      const message = `guide: must have ${limits.guideBytes} bytes of JSON at most`;
      throw new ChaxiError('badRequest', { path: 'guide', message });
    }
    this.handleGuide(await this.#save(guide, revision));
  }

  /**
   * Puts a tea on the table, at one of its infusions (0 is the first), with the timer standing at 0; null takes it off.
   * @throws ChaxiError notAllowed without the grant `lead`; teaNotFound, storageUnavailable
   */
  async goTo(teaId: string | null, infusion = 0): Promise<void> {
    this.handleStep(await this.#options.request('setStep', { teaId, infusion }));
  }

  /** Starts the timer, or lets it go on. @throws ChaxiError as `goTo` */
  startTimer(durationMs?: number): Promise<void> {
    return this.#setTimer('start', durationMs);
  }

  /** @throws ChaxiError as `goTo` */
  pauseTimer(): Promise<void> {
    return this.#setTimer('pause');
  }

  /** Sets it back to 0, where it stands. @throws ChaxiError as `goTo` */
  resetTimer(durationMs?: number): Promise<void> {
    return this.#setTimer('reset', durationMs);
  }

  /** @internal Another socket: what its node tells first counts. */
  welcomed(room: string): void {
    if (room !== this.#room) this.#clear();
    this.#room = room;
    // In the clock of the page, before that of the node before is forgotten.
    const { revision } = this.step ?? { revision: 0 };
    const sinceMs = this.#runningSinceMs;
    this.#before = sinceMs === null ? null : { revision, sinceMs };
    this.#guide.welcomed();
    this.#step.welcomed();
    this.#clock.reset();
  }

  /** @internal */
  handleGuide(state: GuideState): void {
    if (this.#guide.take(state)) this.#options.emit('guideChanged', state.guide);
  }

  /** @internal */
  handleStep(step: TastingStep): void {
    const changed = this.#step.take(step);
    this.#clock.want(Boolean(this.step?.timer));
    if (changed) this.#options.emit('stepChanged', step);
  }

  /** @internal The page may have slept. */
  pageShown(): void {
    this.#clock.renew();
  }

  /** @internal The room was left. */
  left(): void {
    this.#clock.want(false);
  }

  /** What was known is of another room. */
  #clear(): void {
    const hadGuide = this.current !== null;
    this.#guide.clear();
    this.#step.clear();
    if (hadGuide) this.#options.emit('guideChanged', null);
  }

  get #runningSinceMs(): number | null {
    const { step } = this;
    if (!step?.timer || step.timer.runningSince === null) return null;
    const { offsetMs } = this.#clock;
    if (this.#step.told && offsetMs !== null) return step.timer.runningSince - offsetMs;
    return this.#before?.revision === step.revision ? this.#before.sinceMs : null;
  }

  async #save(guide: GuideInput | null, revision: number): Promise<GuideState> {
    try {
      return await this.#options.request('setGuide', { guide, revision });
    } catch (error) {
      const isConflict = error instanceof ChaxiError && error.code === 'guideConflict';
      if (!isConflict || this.#guide.told || revision !== this.revision) throw error;
      // This node has told of none: it has lost what is known here, and its count begins anew.
      return await this.#options.request('setGuide', { guide, revision: 0 });
    }
  }

  async #setTimer(action: 'start' | 'pause' | 'reset', durationMs?: number): Promise<void> {
    this.handleStep(await this.#options.request('setTimer', { action, durationMs }));
  }

  /** A page that could not show a running timer yet can do so now. */
  #handleClock(): void {
    const { step } = this;
    const isRunning = typeof step?.timer?.runningSince === 'number';
    if (isRunning && this.#before?.revision !== step.revision) this.#options.emit('stepChanged', step);
  }
}
