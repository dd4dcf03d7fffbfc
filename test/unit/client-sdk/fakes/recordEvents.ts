import type { RoomEmit, RoomEvents } from '../../../../client-sdk/src/RoomEvents.ts';

/** An `emit` that keeps what was emitted, in order. */
export function recordEvents(): { emit: RoomEmit; names: (keyof RoomEvents)[]; args: unknown[][] } {
  const names: (keyof RoomEvents)[] = [];
  const args: unknown[][] = [];
  const emit: RoomEmit = (name, ...given) => {
    names.push(name);
    args.push(given);
  };
  return { emit, names, args };
}
