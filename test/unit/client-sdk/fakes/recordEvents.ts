import type { RoomEmit, RoomEvents } from '../../../../client-sdk/src/RoomEvents.ts';

/** An `emit` that keeps what was emitted, in order. `on` is called as a listener would be. */
export function recordEvents(on?: (name: keyof RoomEvents) => void): {
  emit: RoomEmit;
  names: (keyof RoomEvents)[];
  args: unknown[][];
} {
  const names: (keyof RoomEvents)[] = [];
  const args: unknown[][] = [];
  const emit: RoomEmit = (name, ...given) => {
    names.push(name);
    args.push(given);
    on?.(name);
  };
  return { emit, names, args };
}
