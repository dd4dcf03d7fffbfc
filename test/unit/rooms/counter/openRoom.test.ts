import { expect } from 'chai';
import type { OpenRoom } from '../../../../protocol/rest.ts';
import { byWaiting } from '../../../../server/rooms/counter/openRoom.ts';

const room = (name: string, createdAt: number, ...waitingSince: number[]): OpenRoom => ({
  name,
  metadata: '',
  lobby: true,
  locked: false,
  createdAt,
  people: [],
  waiting: waitingSince.map((since) => ({ identity: 'li', name: 'Li', role: 'guest', since })),
});

describe('the rooms of a counter', () => {
  it('begin with the one where someone waits longest; of the others the latest comes first', () => {
    const rooms = [room('old', 1), room('waiting', 2, 50, 60), room('new', 3), room('waiting longer', 4, 40)];
    expect(rooms.sort(byWaiting).map(({ name }) => name)).to.deep.equal(['waiting longer', 'waiting', 'new', 'old']);
  });
});
