import type { OpenRoom } from '../../../protocol/rest.ts';
import type { Member } from '../Member.ts';
import type { Room } from '../Room.ts';

/** A room as the counter of its shop sees it. */
export function openRoom(room: Room): OpenRoom {
  const { name, metadata, lobby } = room.settings;
  const visible = room.everyone.filter((member) => member.visible);
  const waiting = room.everyone.filter(({ stage }) => stage === 'lobby');
  return {
    name,
    metadata,
    lobby,
    locked: room.rules.locked,
    createdAt: room.createdAt,
    people: visible.sort((a, b) => Number(b.role === 'host') - Number(a.role === 'host')).map(personOf),
    waiting: waiting
      .sort((a, b) => a.enteredAt - b.enteredAt)
      .map((member) => ({ ...personOf(member), since: member.enteredAt })),
  };
}

/** The one where someone has waited longest first; where nobody waits, the one that was opened last. */
export function byWaiting(a: OpenRoom, b: OpenRoom): number {
  const [first, second] = [a.waiting[0]?.since ?? Infinity, b.waiting[0]?.since ?? Infinity];
  return first === second ? b.createdAt - a.createdAt : first - second;
}

function personOf({ identity, role, info }: Member): OpenRoom['people'][number] {
  return { identity, name: info.name, role };
}
