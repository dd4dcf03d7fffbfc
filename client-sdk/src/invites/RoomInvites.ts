import type { CreateInvite, Invite } from '../../../protocol/invites.ts';
import type { Logger } from '../Logger.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import type { SessionRequest } from '../session/SessionRequest.ts';
import { httpUrl } from '../signaling/httpUrl.ts';

/** @internal */
export interface RoomInvitesOptions {
  /** Address of the server, as the page knows it. */
  url: string;
  request: SessionRequest;
  emit: RoomEmit;
  logger: Logger;
}

/** Links by which others come to the room without an account. Every call needs the grant `invite`. */
export class RoomInvites {
  readonly #options: RoomInvitesOptions;
  /** They were listed, and `inviteChanged` tells of changes. */
  #watched = false;

  /** @internal */
  constructor(options: RoomInvitesOptions) {
    this.#options = options;
  }

  /** @throws ChaxiError notAllowed, limitReached, badRequest, storageUnavailable */
  async create(invite: CreateInvite): Promise<Invite> {
    return (await this.#options.request('createInvite', invite)).invite;
  }

  /** The newest first. From then on `inviteChanged` tells of changes. @throws ChaxiError notAllowed, storageUnavailable */
  async list(): Promise<Invite[]> {
    this.#watched = true;
    return (await this.#options.request('listInvites', {})).invites;
  }

  /** It lets nobody in any more; who waits in the lobby by it is sent away. @throws ChaxiError notAllowed, inviteNotFound */
  async revoke(inviteId: string): Promise<void> {
    await this.#options.request('revokeInvite', { inviteId });
  }

  /** The link to hand on. Whoever has it gets in, so hand it to whom it is meant for alone. */
  urlOf({ path }: Invite): string {
    return httpUrl(this.#options.url, path);
  }

  /** @internal */
  handleChanged(invite: Invite): void {
    this.#options.emit('inviteChanged', invite);
  }

  /** @internal The socket was away: what changed meanwhile was not told. */
  async catchUp(): Promise<void> {
    if (!this.#watched) return;
    try {
      for (const invite of await this.list()) this.handleChanged(invite);
    } catch (error) {
      this.#options.logger.debug('listInvites failed', error);
    }
  }

  /** @internal The room was left. */
  left(): void {
    this.#watched = false;
  }
}
