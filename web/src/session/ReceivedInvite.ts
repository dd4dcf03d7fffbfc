import { redeemInvite, type ErrorCode, type RedeemedInvite } from '../../../client-sdk/src/index.ts';
import { errorCodeOf } from './errorCodeOf.ts';
import { inviteIdOf } from './inviteLink.ts';
import { InviteMemory } from './inviteMemory.ts';
import { Observable } from './observable.ts';

export interface ReceivedInviteOptions {
  /** Address of the server. */
  url: string;
  code: string;
  memory?: InviteMemory;
  redeem?: typeof redeemInvite;
}

/** One invitation, as it is opened in this browser. */
export class ReceivedInvite extends Observable {
  readonly #options: Required<ReceivedInviteOptions>;
  #invite: RedeemedInvite | null = null;
  #error: ErrorCode | null = null;
  #busy = false;
  #token: string | null = null;

  constructor({ memory = new InviteMemory(), redeem = redeemInvite, ...options }: ReceivedInviteOptions) {
    super();
    this.#options = { ...options, memory, redeem };
  }

  /** Null before it is open. */
  get invite(): RedeemedInvite | null {
    return this.#invite;
  }

  /** Why it does not open. */
  get error(): ErrorCode | null {
    return this.#error;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Of the room, when someone goes in. */
  get token(): string | null {
    return this.#token;
  }

  /** Who has gone in from here before goes in at once. */
  async open(): Promise<void> {
    await this.#redeem();
    if (this.#options.memory.hasEntered(this.#inviteId)) this.#goIn();
  }

  /** @param name where the invitation has none */
  async enter(name?: string): Promise<void> {
    if (this.#invite?.token === null) await this.#redeem(name);
    this.#goIn();
  }

  get #inviteId(): string {
    return inviteIdOf(this.#options.code);
  }

  #goIn(): void {
    const token = this.#invite?.token ?? null;
    if (token === null || this.#error !== null) return;
    this.#options.memory.noteEntered(this.#inviteId);
    this.#token = token;
    this.changed();
  }

  async #redeem(name?: string): Promise<void> {
    const { url, code, memory, redeem } = this.#options;
    this.#busy = true;
    this.#error = null;
    this.changed();
    try {
      this.#invite = await redeem({ url, code, device: memory.device, ...(name === undefined ? {} : { name }) });
    } catch (error) {
      this.#error = errorCodeOf(error);
    }
    this.#busy = false;
    this.changed();
  }
}
