import { randomUUID } from 'node:crypto';
import type { PersonalRecord } from '../../../protocol/rest.ts';
import type { InviteStore } from '../../storage/invites/InviteStore.ts';
import type { InviteRow } from '../../storage/invites/rows.ts';
import { parseInvitedIdentity } from './inviteInfo.ts';

/** What invitations say of a person: those that they made, and the one by which they came. */
export class InvitePersonalData {
  readonly #store: InviteStore;

  constructor(store: InviteStore) {
    this.#store = store;
  }

  /** Every step throws storageUnavailable where the database fails. */
  async *export(tenant: string, identity: string): AsyncGenerator<PersonalRecord> {
    for await (const invite of this.#store.madeBy(tenant, identity)) {
      yield { type: 'invite', invite: { ...partOf(invite), revokedAt: invite.revokedAt } };
    }
    const invited = parseInvitedIdentity(identity);
    const found = invited && (await this.#store.findUse(tenant, invited.inviteId, invited.number));
    if (!found) return;
    const { name, openedAt, enteredAt } = found.use;
    yield { type: 'inviteUse', inviteUse: { ...partOf(found.invite), name, openedAt, enteredAt } };
  }

  /** @throws storageUnavailable */
  async forget(tenant: string, identity: string): Promise<void> {
    const nobody = `forgotten-${randomUUID()}`;
    await this.#store.forgetInviter(tenant, identity, nobody);
    const invited = parseInvitedIdentity(identity);
    if (invited) await this.#store.forgetUse(tenant, invited.inviteId, invited.number, nobody);
  }
}

function partOf({ inviteId, room, role, name, createdAt, expiresAt }: InviteRow) {
  return { inviteId, room, role, name, createdAt, expiresAt };
}
