import { expect } from 'chai';
import type { Ban, ParticipantInfo } from '../../../../client-sdk/src/index.ts';
import { Hosting, type HostingOptions } from '../../../../web/src/session/Hosting.ts';

const waitingPerson = (participantId: string) => ({ participantId }) as ParticipantInfo;
const tom: Ban = { identity: 'tom', name: 'Tom', bannedAt: 1 };

describe('what a host does', () => {
  let asked: unknown[];
  let bans: Ban[];
  let room: HostingOptions['room'] & { waiting: ParticipantInfo[] };
  let hosting: Hosting;

  beforeEach(() => {
    asked = [];
    bans = [];
    const ask =
      (name: string) =>
      (...args: unknown[]) => {
        asked.push([name, ...args]);
        return Promise.resolve();
      };
    room = {
      waiting: [],
      admit: ask('admit'),
      admitAll: () => Promise.resolve(0),
      decline: ask('decline'),
      endAside: ask('endAside'),
      muteParticipant: ask('muteParticipant'),
      removeParticipant: (participantId, options) => {
        if (options?.ban) bans = [tom];
        return ask('removeParticipant')(participantId, options);
      },
      handOver: ask('handOver'),
      setLocked: ask('setLocked'),
      setLobbyNote: ask('setLobbyNote'),
      listBans: () => Promise.resolve(bans),
      liftBan: (identity) => {
        bans = bans.filter((ban) => ban.identity !== identity);
        return Promise.resolve();
      },
    };
    const attempt = async (step: () => Promise<unknown>) => void (await step());
    hosting = new Hosting({ room, attempt });
  });

  it('is told of who knocks until the sign is put aside, and again of who comes later', () => {
    expect(hosting.knocks).to.equal(false);
    room.waiting = [waitingPerson('p-anna')];
    expect(hosting.knocks).to.equal(true);
    hosting.later();
    expect(hosting.knocks).to.equal(false);
    room.waiting = [waitingPerson('p-anna'), waitingPerson('p-wei')];
    expect(hosting.knocks).to.equal(true);
  });

  it('lets someone in, or first to a word alone', async () => {
    await hosting.admit('p-anna');
    await hosting.admit('p-chen', { aside: true });
    expect(asked).to.deep.equal([
      ['admit', 'p-anna', { aside: false }],
      ['admit', 'p-chen', { aside: true }],
    ]);
  });

  it('declines with the words as they are meant, or with none', async () => {
    await hosting.decline('p-anna', ' We are full. ');
    await hosting.decline('p-wei', '  ');
    expect(asked).to.deep.equal([
      ['decline', 'p-anna', 'We are full.'],
      ['decline', 'p-wei', undefined],
    ]);
  });

  it('sees at once who is kept out, and that they may come again', async () => {
    await hosting.remove('p-anna');
    expect(hosting.bans).to.deep.equal([]);
    await hosting.remove('p-tom', { ban: true });
    expect(hosting.bans).to.deep.equal([tom]);
    await hosting.liftBan('tom');
    expect(hosting.bans).to.deep.equal([]);
  });
});
