import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '../lib/Browser.ts';
import type { NodeCluster } from '../lib/NodeCluster.ts';
import { FailoverCall, nowMs, twoPeople, type SeenSince } from './failoverCall.ts';
import { BACK_TIMEOUT_MS, type Ending, type MoveSample, type Place } from './failoverMetrics.ts';

export interface MoveOptions {
  cluster: NodeCluster;
  browser: Browser;
  pageUrl: string;
  /** How long the call runs before something happens, and after it is over. */
  calmMs: number;
  ending: Ending;
  place: Place;
  round: number;
}

/** Ends the node of a call in one way, and sees what becomes of its people. @throws Error where these are not on the nodes that they asked */
export async function measureMove(options: MoveOptions): Promise<MoveSample[]> {
  const { cluster, browser, pageUrl, calmMs, ending, place, round } = options;
  const ended = round % cluster.nodes.length;
  const at = { host: ended, guest: place === 'apart' ? (ended + 1) % cluster.nodes.length : ended };
  const room = `${ending}-${place}-${round}`;
  const call = await FailoverCall.open({ browser, pageUrl, cluster, room, people: twoPeople(at) });
  try {
    await sleep(calmMs);
    await assertPeople(cluster, ended, place === 'apart' ? 1 : 2);
    const gone = endNode(cluster, ended, ending);
    // Signals are sent by now.
    const sinceMs = nowMs();
    const isBack = await call.untilBack(sinceMs, BACK_TIMEOUT_MS);
    await Promise.all([gone, sleep(calmMs)]);
    const untilMs = nowMs() - sinceMs;
    return await Promise.all(
      call.names.map(async (viewer) => {
        const { events, ...seen } = await call.seenSince(viewer, sinceMs);
        const story = storyOf(events);
        const firstMs = (start: string) =>
          events.find(({ atMs, what }) => atMs > 0 && what.startsWith(start))?.atMs ?? null;
        return {
          ...{ part: ending, place, round, viewer, failed: isBack ? null : `not back: ${story}`, untilMs, ...seen },
          moved: viewer === 'host' || place === 'together',
          toldMs: firstMs('other reconnecting'),
          goneMs: firstMs('other left'),
          returnedMs: firstMs('other joined'),
          story,
        };
      }),
    );
  } finally {
    await call.close();
    await cluster.restart(ended);
  }
}

async function assertPeople(cluster: NodeCluster, index: number, expected: number): Promise<void> {
  const { chaxi_participants: here } = await cluster.metrics(index, ['chaxi_participants']);
  if (here !== expected) throw new Error(`${here} people are on the node that ends, instead of ${expected}.`);
}

function endNode(cluster: NodeCluster, index: number, ending: Ending): Promise<void> {
  switch (ending) {
    case 'kill':
      return cluster.node(index).server.kill();
    case 'stop':
      return cluster.node(index).server.close();
    case 'drain':
      return cluster.drain(index);
  }
}

/** What the page was told, with the milliseconds. */
function storyOf(events: SeenSince['events']): string {
  const since = events.filter(({ atMs }) => atMs >= 0);
  return since.map(({ atMs, what }) => `${Math.round(atMs)} ${what}`).join(', ');
}
