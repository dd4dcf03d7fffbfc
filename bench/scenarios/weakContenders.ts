import { availableParallelism } from 'node:os';
import type { Browser } from '../lib/Browser.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { openTarget } from '../lib/Target.ts';
import type { Size, WeakPeer } from '../options.ts';
import { chaxiContender, openLiveKit, type Contender } from './contenders.ts';
import { directContender } from './directContender.ts';
import type { ScenarioContext } from './Scenario.ts';
import { servedContender, type WeakContender } from './weakCalls.ts';

const pageNames = { chaxi: 'tasting', p2p: 'direct', livekit: 'livekitTasting' } as const;

/** Those of `peers`, each with its page, and its server where it has one. @throws Error for a server elsewhere */
export async function openWeakContenders(
  context: ScenarioContext,
  { peers, source, browser }: { peers: readonly WeakPeer[]; source: Size; browser: Browser },
): Promise<WeakContender[]> {
  const { options, scratch } = context;
  if (options.remote) throw new Error('weak needs a server of its own behind its relay: it can not measure --target.');
  const pages = scratch.use(await ProbeServer.start(peers.map((peer) => pageNames[peer])));
  const contenders: WeakContender[] = [];
  for (const peer of peers) {
    const common = { browser, pageUrl: pages.urlOf(pageNames[peer]), source };
    if (peer === 'p2p') contenders.push(directContender({ ...common, seed: options.seed }));
    else contenders.push(servedContender({ ...common, peer, contender: await openServer(context, peer) }));
  }
  return contenders;
}

async function openServer({ options, scratch }: ScenarioContext, peer: 'chaxi' | 'livekit'): Promise<Contender> {
  if (peer === 'livekit') return openLiveKit({ scratch, options });
  const { remote, seed } = options;
  return chaxiContender(
    await openTarget({ scratch, remote, relayed: true, tls: true, workers: availableParallelism(), seed }),
  );
}
