import type { CreatePeer } from '../peers/Peer.ts';

export interface CrowdRequest {
  url: string;
  tokens: string[];
}

/** A page that is many subscribers at once, each with connections of its own. */
export function crowdProbe(createPeer: CreatePeer) {
  return {
    /** Resolves when each of them receives a video. */
    async gather({ url, tokens }: CrowdRequest): Promise<void> {
      for (const token of tokens) {
        await new Promise<void>((resolve, reject) => {
          const peer = createPeer({ url, token, start: 'cold', onVideo: () => resolve() });
          peer.join().catch(reject);
        });
      }
    },
  };
}

export type CrowdMethods = ReturnType<typeof crowdProbe>;
