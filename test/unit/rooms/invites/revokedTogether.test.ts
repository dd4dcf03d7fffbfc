import { expect } from 'chai';
import { uuidV7 } from '../../../../server/base/uuidV7.ts';
import { invitedIdentity } from '../../../../server/rooms/invites/inviteInfo.ts';
import { revokedTogether } from '../../../../server/rooms/invites/revokedTogether.ts';
import { RETURN_MS } from '../../../../server/storage/invites/decideOpening.ts';
import type { InviteMaker } from '../../../../server/storage/invites/InviteStore.ts';

const NOW = 1_750_000_000_000;

describe('revokedTogether', () => {
  const made = (by: string, changes: Partial<InviteMaker> = {}): InviteMaker => ({
    inviteId: uuidV7(NOW),
    createdByIdentity: by,
    expiresAt: NOW + 1,
    revokedAt: null,
    ...changes,
  });
  const through = ({ inviteId }: InviteMaker, number = 1) => invitedIdentity({ inviteId, number });
  const endingWith = (first: InviteMaker, invites: readonly InviteMaker[]) =>
    revokedTogether(invites, [first.inviteId], NOW);
  const idsOf = (...invites: InviteMaker[]) => invites.map(({ inviteId }) => inviteId);

  it('ends what was made by whoever came by an invitation, and by who came by that', () => {
    const first = made('host');
    const [second, third] = [made(through(first, 1)), made(through(first, 12))];
    const fourth = made(through(second));
    const others = [made('host'), made('invite-')];
    expect(endingWith(first, [fourth, third, second, first, ...others])).to.deep.equal(
      idsOf(fourth, third, second, first),
    );
    expect(endingWith(second, [first, second, third, fourth])).to.deep.equal(idsOf(second, fourth));
  });

  it('leaves what lets nobody in any more, but not what was made through that', () => {
    const first = made('host', { revokedAt: NOW - 1 });
    const over = made(through(first), { expiresAt: NOW - RETURN_MS });
    const returning = made(through(over), { expiresAt: NOW - RETURN_MS + 1 });
    expect(endingWith(first, [first, over, returning])).to.deep.equal(idsOf(returning));
  });

  it('comes to an end where identities that a shop gave go round in a circle', () => {
    const first = made('host');
    const second = made(through(first));
    expect(endingWith(first, [{ ...first, createdByIdentity: through(second) }, second])).to.have.length(2);
  });
});
