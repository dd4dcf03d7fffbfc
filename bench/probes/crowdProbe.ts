import type { CreatePeer, Peer } from '../peers/Peer.ts';

export interface CrowdRequest {
  url: string;
  tokens: string[];
}

/** A page that is many subscribers at once, each with connections of its own. */
export function crowdProbe(createPeer: CreatePeer) {
  let peers: Peer[] = [];
  return {
    /** Resolves when each of them receives a video. */
    async gather({ url, tokens }: CrowdRequest): Promise<void> {
      for (const token of tokens) {
        await new Promise<void>((resolve, reject) => {
          const peer = createPeer({ url, token, start: 'cold', onVideo: () => resolve() });
          peers.push(peer);
          peer.join().catch(reject);
        });
      }
    },
    async disperse(): Promise<void> {
      const leaving = peers;
      peers = [];
      await Promise.all(leaving.map((peer) => peer.leave()));
    },
  };
}

export type CrowdMethods = ReturnType<typeof crowdProbe>;
