import type { CardProblem, CardReading, Picture } from '../../../client-sdk/src/color/index.ts';
import type { ErrorCode } from '../../../client-sdk/src/index.ts';
import { errorCodeOf } from './errorCodeOf.ts';
import { atFirst, isLongMissed, middleReading, takeReading, type Measuring } from './measuringPolicy.ts';
import { Observable } from './observable.ts';

/** What a measurement needs of the camera and the page. */
export interface MeasurementTools {
  /** The latest frame, uncorrected. */
  capture(): Promise<Picture>;
  read(picture: Picture): Promise<CardReading | null>;
  /** The camera adjusts itself to what it sees. */
  free(): Promise<void>;
  /** White balance and exposure stand still from now on, so far as the camera can. */
  hold(): Promise<void>;
  /** The camera stands as it did before the measurement. */
  restore(): Promise<void>;
  /** Nothing more is read, and who waits for a reading need not get it. */
  rest(): void;
  /** Milliseconds. */
  pause(durationMs: number): Promise<void>;
}

/** Where the card is in the picture. */
export interface CardOutline {
  corners: CardReading['corners'];
  width: number;
  height: number;
}

/** Between two looks. */
const INTERVAL_MS = 450;

/** Looks for the card until several good readings agree. Nothing is applied by it. */
export class ColorMeasurement extends Observable {
  readonly #tools: MeasurementTools;
  #measuring: Measuring = atFirst;
  #outline: CardOutline | null = null;
  #tolerant = false;
  #result: CardReading | null = null;
  #error: ErrorCode | null = null;
  /** Of the measurement under way; one that was stopped no longer has it. */
  #run: symbol | null = null;
  /** The camera is not as it was before. */
  #touched = false;

  constructor(tools: MeasurementTools) {
    super();
    this.#tools = tools;
  }

  get running(): boolean {
    return this.#run !== null;
  }

  /** Good readings since the camera is held; null before that. */
  get progress(): number | null {
    return this.#measuring.stage === 'holding' ? this.#measuring.good.length : null;
  }

  /** What is wrong with what is seen now. */
  get problems(): readonly CardProblem[] {
    return this.#measuring.problems;
  }

  /** No card for some seconds. */
  get longMissed(): boolean {
    return isLongMissed(this.#measuring);
  }

  /** Of the card in the latest picture; null where there is none, and when nothing is looked for. */
  get outline(): CardOutline | null {
    return this.#outline;
  }

  get result(): CardReading | null {
    return this.#result;
  }

  get error(): ErrorCode | null {
    return this.#error;
  }

  /** Resolves when it has a result, has failed, or was stopped. */
  async start(): Promise<void> {
    await this.stop();
    const run = Symbol('measurement');
    this.#run = run;
    this.#measuring = atFirst;
    this.#tolerant = false;
    this.#error = null;
    this.#touched = true;
    this.changed();
    try {
      await this.#adjust('free');
      while (this.#run === run) await this.#look(run);
    } catch (error) {
      if (this.#run !== run) return;
      await this.stop();
      this.#error = errorCodeOf(error);
      this.changed();
    }
  }

  /** Takes readings with problems from now on: the light can not be helped. */
  tolerate(): void {
    this.#tolerant = true;
  }

  /** Ends it and forgets the result. */
  async stop(): Promise<void> {
    this.#finish(null);
    if (!this.#touched) return;
    this.#touched = false;
    await this.#adjust('restore');
  }

  /** Forgets the result and leaves the camera held, as the correction needs it. */
  keep(): void {
    this.#touched = false;
    this.#finish(null);
  }

  async #look(run: symbol): Promise<void> {
    const pause = this.#tools.pause(INTERVAL_MS);
    const picture = await this.#tools.capture();
    if (this.#run !== run) return;
    // The pixels move to the worker with the picture.
    const { width, height } = picture;
    const reading = await this.#tools.read(picture);
    if (this.#run !== run) return;
    const before = this.#measuring;
    this.#measuring = takeReading(before, reading, this.#tolerant);
    this.#outline = reading && { corners: reading.corners, width, height };
    if (this.#measuring.stage === 'done') {
      this.#finish(middleReading(this.#measuring.good));
      return;
    }
    this.changed();
    const { stage } = this.#measuring;
    if (stage !== before.stage) await this.#adjust(stage === 'holding' ? 'hold' : 'free');
    await pause;
  }

  #finish(result: CardReading | null): void {
    this.#run = null;
    this.#outline = null;
    this.#result = result;
    this.#tools.rest();
    this.changed();
  }

  /** A camera that can not do it is measured all the same. */
  async #adjust(how: 'free' | 'hold' | 'restore'): Promise<void> {
    await this.#tools[how]().catch(() => undefined);
  }
}
