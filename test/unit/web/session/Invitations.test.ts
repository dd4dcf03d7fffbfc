import { expect } from 'chai';
import type { CreateInvite, Invite } from '../../../../client-sdk/src/index.ts';
import { Invitations, type InvitationsOptions } from '../../../../web/src/session/Invitations.ts';

const invite = (inviteId: string, change: Partial<Invite> = {}) =>
  ({ inviteId, state: 'sent', path: `/invite#${inviteId}`, ...change }) as Invite;

describe('the invitations of a room', () => {
  let stored: Invite[];
  let wishes: CreateInvite[];
  let changes: number;
  const make = (may: boolean) => {
    const invites = {
      list: () => Promise.resolve([...stored]),
      create: (wish: CreateInvite) => {
        wishes.push(wish);
        const made = invite(`i${stored.length + 1}`);
        stored = [made, ...stored];
        return Promise.resolve(made);
      },
      revoke: () => Promise.resolve(),
      urlOf: ({ path }: Invite) => `https://tea.example${path}`,
    };
    const room = { grants: { invite: may }, invites } as unknown as InvitationsOptions['room'];
    const attempt = async (step: () => Promise<unknown>) => void (await step());
    const invitations = new Invitations({ room, attempt });
    invitations.subscribe(() => changes++);
    return invitations;
  };
  const ids = ({ list }: Invitations) => list.map(({ inviteId }) => inviteId);

  beforeEach(() => {
    stored = [invite('i1')];
    wishes = [];
    changes = 0;
  });

  it('are asked for by those alone who may invite', async () => {
    const guest = make(false);
    await guest.load();
    expect([guest.may, ids(guest)]).to.deep.equal([false, []]);
    const host = make(true);
    await host.load();
    expect([host.may, ids(host)]).to.deep.equal([true, ['i1']]);
  });

  it('have a new one first, whose link is to be sent, until another one shall be made', async () => {
    const host = make(true);
    await host.load();
    await host.create({ role: 'expert', name: 'Dr. Chen' });
    expect(wishes).to.deep.equal([{ role: 'expert', name: 'Dr. Chen' }]);
    expect(ids(host)).to.deep.equal(['i2', 'i1']);
    expect(host.urlOf(host.made!)).to.equal('https://tea.example/invite#i2');
    host.forgetMade();
    expect(host.made).to.equal(null);
  });

  it('are there once, also where the server tells of a new one before it answers', async () => {
    const host = make(true);
    host.put(invite('i2'));
    await host.create({ role: 'expert' });
    expect(ids(host)).to.deep.equal(['i2']);
  });

  it('show the state that is told, in their place', async () => {
    stored = [invite('i2'), invite('i1')];
    const host = make(true);
    await host.load();
    const before = changes;
    host.put(invite('i1', { state: 'lobby' }));
    expect(host.list.map(({ inviteId, state }) => [inviteId, state])).to.deep.equal([
      ['i2', 'sent'],
      ['i1', 'lobby'],
    ]);
    expect(changes).to.equal(before + 1);
  });

  it('offer the link of one that was taken back no more', async () => {
    const host = make(true);
    await host.create({ role: 'expert' });
    await host.revoke(host.made!.inviteId);
    expect(host.made).to.equal(null);
  });
});
