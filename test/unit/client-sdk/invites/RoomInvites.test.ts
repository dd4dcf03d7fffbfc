import { expect } from 'chai';
import { RoomInvites } from '../../../../client-sdk/src/invites/RoomInvites.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { Invite } from '../../../../protocol/invites.ts';
import { recordEvents } from '../fakes/recordEvents.ts';
import { silentLogger } from '../fakes/silentLogger.ts';

describe('RoomInvites', () => {
  const invite: Invite = {
    inviteId: 'i1',
    role: 'expert',
    name: 'Dr. Lin',
    grants: {},
    createdBy: { identity: 'mei', name: 'Mei' },
    createdAt: 1,
    expiresAt: 2,
    maxUses: 1,
    path: '/invite#i1.code',
    state: 'sent',
    revokedAt: null,
    people: [],
  };

  function make(answers: Record<string, unknown>) {
    const { emit, names, args } = recordEvents();
    const sent: [method: string, data: unknown][] = [];
    const invites = new RoomInvites({
      url: 'wss://tea.example/chaxi/',
      request: (method, data) => {
        sent.push([method, data]);
        const answer = answers[method];
        return answer instanceof Error ? Promise.reject(answer) : (Promise.resolve(answer) as Promise<never>);
      },
      emit,
      logger: silentLogger,
    });
    return { invites, sent, names, args };
  }

  it('makes, lists and revokes', async () => {
    const { invites, sent } = make({
      createInvite: { invite },
      listInvites: { invites: [invite] },
      revokeInvite: { invite },
    });
    expect(await invites.create({ role: 'expert', name: 'Dr. Lin' })).to.equal(invite);
    expect(await invites.list()).to.deep.equal([invite]);
    await invites.revoke('i1');
    expect(sent).to.deep.equal([
      ['createInvite', { role: 'expert', name: 'Dr. Lin' }],
      ['listInvites', {}],
      ['revokeInvite', { inviteId: 'i1' }],
    ]);
  });

  it('knows the link to hand on', () => {
    expect(make({}).invites.urlOf(invite)).to.equal('https://tea.example/chaxi/invite#i1.code');
  });

  it('tells of changes, and after the socket was away of all, where they were asked for', async () => {
    const { invites, sent, names, args } = make({ listInvites: { invites: [invite] } });
    await invites.catchUp();
    expect(sent).to.deep.equal([]);
    await invites.list();
    invites.handleChanged(invite);
    await invites.catchUp();
    expect(names).to.deep.equal(['inviteChanged', 'inviteChanged']);
    expect(args).to.deep.equal([[invite], [invite]]);
    invites.left();
    await invites.catchUp();
    expect(sent).to.have.length(2);
  });

  it('goes on where the list can not be had', async () => {
    const answers: Record<string, unknown> = { listInvites: { invites: [] } };
    const { invites, names } = make(answers);
    await invites.list();
    answers.listInvites = new ChaxiError('storageUnavailable');
    await invites.catchUp();
    expect(names).to.deep.equal([]);
  });
});
