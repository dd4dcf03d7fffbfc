import type { MetricsSample } from '../base/Metrics.ts';
import type { Room } from './Room.ts';

/** What the rooms of a node hold now, counted for the metrics. Asks the workers for the bitrates. */
export async function sampleRooms(
  rooms: readonly Room[],
): Promise<Omit<MetricsSample, 'workers' | 'nodes' | 'messagingSockets'>> {
  const participants = rooms.flatMap((room) => room.participants);
  const tracks = participants.flatMap((participant) => [...participant.tracks.values()]);
  const subscriptions = participants.flatMap((participant) => [...participant.subscriptions.values()]);
  const bitrates = await Promise.all(
    // A session that closes in the meantime has no bitrate any more.
    participants.map((participant) => participant.media?.bitrates().catch(() => undefined)),
  );
  const sum = (key: 'incomingBps' | 'outgoingBps') => bitrates.reduce((total, item) => total + (item?.[key] ?? 0), 0);
  return {
    rooms: rooms.length,
    participants: countBy(participants, ({ claims: { role }, stage }) => ({ role, stage })),
    networks: countBy(
      participants.filter(({ joined }) => joined),
      ({ info: { quality, qualityReason } }) => ({ quality, reason: qualityReason ?? ('none' as const) }),
    ),
    producers: countBy(tracks, ({ kind, source }) => ({ kind, source })),
    consumers: countBy(subscriptions, ({ consumer: { kind } }) => ({ kind })),
    incomingBitrateBps: sum('incomingBps'),
    outgoingBitrateBps: sum('outgoingBps'),
  };
}

/** How many items have the same labels. */
function countBy<T, L extends object>(items: readonly T[], labelsOf: (item: T) => L): (L & { count: number })[] {
  const counts = new Map<string, L & { count: number }>();
  for (const item of items) {
    const labels = labelsOf(item);
    const key = JSON.stringify(labels);
    const entry = counts.get(key) ?? { ...labels, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.values()];
}
