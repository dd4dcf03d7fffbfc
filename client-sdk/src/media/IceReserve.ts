import type { types } from 'mediasoup-client';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';

/** After a refusal there is no hurry: without a reserve a new path waits for the server's answer, and that is all. */
const REFUSED_PAUSE_MS = 5_000;

/** `isAhead`: nothing waits for the answer. */
type AskForIce = (inUse: string, isAhead: boolean) => Promise<types.IceParameters>;

/**
 * ICE parameters that the server has made ahead, so that on another network a new path is looked for at once, and not only when
 * signaling has got there. The server takes both these and those in use, until these are used.
 */
export class IceReserve {
  readonly #ask: AskForIce;
  #inUse: string;
  #kept: types.IceParameters | null = null;
  #asking: Promise<types.IceParameters> | null = null;
  #refusedAt = -Infinity;

  /** Given a way to ask for others than those with the user name fragment `inUse`, and the one in use. */
  constructor(ask: AskForIce, inUse: string) {
    this.#ask = ask;
    this.#inUse = inUse;
  }

  get filled(): boolean {
    return this.#kept !== null;
  }

  /**
   * Asks the server where there are none. One question at a time: what was asked ahead is waited for.
   * @throws ChaxiError what the server answered; requestTimeout, connectionLost
   */
  async fill(isAhead = false): Promise<types.IceParameters> {
    if (this.#kept) return this.#kept;
    this.#asking ??= this.#ask(this.#inUse, isAhead)
      .then((made) => (this.#kept = made))
      .finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Asks ahead, unless the server has refused it just now. */
  fillAhead(): void {
    if (performance.now() - this.#refusedAt < REFUSED_PAUSE_MS) return;
    this.fill(true).catch((error: unknown) => {
      const isLost = error instanceof ChaxiError && error.code === 'connectionLost';
      if (!isLost) this.#refusedAt = performance.now();
    });
  }

  /** Those to use from now on, asked for where there are none. @throws as `fill` */
  async take(): Promise<types.IceParameters> {
    const taken = await this.fill();
    this.#inUse = taken.usernameFragment;
    this.#kept = null;
    return taken;
  }
}
