import type { CreateInvite, Invite, TastingRoom } from '../../../client-sdk/src/index.ts';
import { Observable } from './observable.ts';

/** What the invitations need of the session. */
export interface InvitationsOptions {
  room: Pick<TastingRoom, 'grants' | 'invites'>;
  /** Runs a step; a failure is told as a notice. */
  attempt: (step: () => Promise<unknown>) => Promise<void>;
}

/** The invitations of the room as they are now, for who may make them. */
export class Invitations extends Observable {
  readonly #options: InvitationsOptions;
  #list: readonly Invite[] = [];
  #made: string | null = null;

  constructor(options: InvitationsOptions) {
    super();
    this.#options = options;
  }

  get may(): boolean {
    return this.#options.room.grants?.invite === true;
  }

  /** The newest first. */
  get list(): readonly Invite[] {
    return this.#list;
  }

  /** The one that was made a moment ago, whose link is to be sent. */
  get made(): Invite | null {
    return this.#list.find(({ inviteId }) => inviteId === this.#made) ?? null;
  }

  /** From then on changes are told. To be called anew after the socket was away. */
  load(): Promise<void> {
    if (!this.may) return Promise.resolve();
    return this.#options.attempt(async () => {
      this.#list = await this.#options.room.invites.list();
      this.changed();
    });
  }

  create(wish: CreateInvite): Promise<void> {
    return this.#options.attempt(async () => {
      const invite = await this.#options.room.invites.create(wish);
      this.#made = invite.inviteId;
      this.put(invite);
    });
  }

  /** Another one shall be made. */
  forgetMade(): void {
    this.#made = null;
    this.changed();
  }

  revoke(inviteId: string): Promise<void> {
    return this.#options.attempt(async () => {
      await this.#options.room.invites.revoke(inviteId);
      if (this.#made === inviteId) this.#made = null;
    });
  }

  urlOf(invite: Invite): string {
    return this.#options.room.invites.urlOf(invite);
  }

  /** One is new or has another state. */
  put(invite: Invite): void {
    const known = this.#list.some(({ inviteId }) => inviteId === invite.inviteId);
    this.#list = known
      ? this.#list.map((other) => (other.inviteId === invite.inviteId ? invite : other))
      : [invite, ...this.#list];
    this.changed();
  }
}
