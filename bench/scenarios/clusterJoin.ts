import { setTimeout as sleep } from 'node:timers/promises';
import { NodeCluster } from '../lib/NodeCluster.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { seededRandom, shuffled } from '../lib/random.ts';
import { askedNodes, type ClusterJoinSample } from './clusterMetrics.ts';
import type { ClusterPartContext } from './clusterPart.ts';
import { JOIN_TIMEOUT_MS } from './joinTime.ts';
import { MAX_PAUSE_MS, openPublisher, PUBLISHER, settleMs, SOURCE, watchOnce } from './pages.ts';

const ROOM = 'join';

/** Cold joins of a room by the node that has its publisher, and by another one, in turns. */
export async function measureClusterJoins(context: ClusterPartContext): Promise<void> {
  const { scratch, browser, params, options, signal, progress, add } = context;
  const cluster = await NodeCluster.start({
    scratch,
    nodes: params.joinNodes,
    workers: 1,
    placement: 'region',
    apart: true,
  });
  const pages = scratch.use(await ProbeServer.start(['chaxi']));
  const own = { browser, pageUrl: pages.urlOf('chaxi'), source: SOURCE };
  await openPublisher({
    ...own,
    url: cluster.node(0).url,
    token: await cluster.token({ room: ROOM, identity: PUBLISHER, role: 'host' }),
    settings: { simulcast: false },
  });
  await sleep(settleMs(options));
  const random = seededRandom(options.seed);
  for (let round = 0; round < params.joins; round++) {
    for (const asked of shuffled(askedNodes, random)) {
      if (signal.aborted) return;
      await sleep(random() * MAX_PAUSE_MS);
      const index = asked === 'own' ? 0 : 1 + (round % (params.joinNodes - 1));
      const { failed, stages, firstFrameMs } = await watchOnce({
        ...own,
        url: cluster.node(index).url,
        token: await cluster.token({ room: ROOM, identity: `${asked}-${round}`, role: 'guest' }),
        start: 'cold',
        timeoutMs: JOIN_TIMEOUT_MS,
        fullSizeTimeoutMs: 0,
        relay: null,
      });
      const { socketMs = null, answerMs = null } = stages;
      add({ part: 'join', asked, failed, socketMs, answerMs, firstFrameMs } satisfies ClusterJoinSample);
      progress.step(`join by the ${asked} node: ${failed ?? `${Math.round(firstFrameMs ?? 0)} ms`}`);
    }
  }
}
