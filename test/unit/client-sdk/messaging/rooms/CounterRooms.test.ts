import { expect } from 'chai';
import { CounterRooms } from '../../../../../client-sdk/src/messaging/rooms/CounterRooms.ts';
import type { RealtimeRequester } from '../../../../../client-sdk/src/messaging/connection/RealtimeConnection.ts';

describe('the rooms of a counter in the SDK', () => {
  let asked: unknown[];
  let changes: number;
  let rooms: CounterRooms;
  const answers: Record<string, unknown> = {
    listRooms: { rooms: [{ name: 'tea' }] },
    createRoom: { room: { name: 'new' } },
    enterRoom: { token: 'a.b.c' },
  };

  beforeEach(() => {
    asked = [];
    changes = 0;
    const request = (async (method: string, data: unknown) => {
      asked.push([method, data]);
      return answers[method];
    }) as RealtimeRequester;
    rooms = new CounterRooms({ request, changed: () => void (changes += 1) });
  });

  it('are listed, made and entered by what the server answers', async () => {
    expect(await rooms.list()).to.deep.equal([{ name: 'tea' }]);
    expect(await rooms.create({ name: 'new', lobby: true })).to.deep.equal({ name: 'new' });
    expect(await rooms.enter('new')).to.equal('a.b.c');
    expect(asked).to.deep.equal([
      ['listRooms', {}],
      ['createRoom', { name: 'new', lobby: true }],
      ['enterRoom', { room: 'new' }],
    ]);
  });

  it('tell of changes to who has asked for them', async () => {
    rooms.handleChanged();
    expect(changes).to.equal(0);
    await rooms.list();
    rooms.handleChanged();
    expect(changes).to.equal(1);
  });
});
