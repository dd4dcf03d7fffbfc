import type { CreateTastingPeer } from '../peers/TastingPeer.ts';
import type { SourceOptions } from './FrameSource.ts';
import { senderOf } from './peerConnections.ts';
import { routePeerConnections, type MediaRoute } from './routePeerConnections.ts';
import { tastingReports, type TastingEnds, type TastingReports } from './tastingReports.ts';
import { TastingRecorder } from './TastingRecorder.ts';
import { TastingSource } from './TastingSource.ts';
import { until } from './until.ts';

export interface TastingRequest {
  url: string;
  token: string;
  source: SourceOptions;
  route: MediaRoute;
}

const START_TIMEOUT_MS = 15_000;

/** A page that shows tea and talks, or one that watches, by a library and its server. */
export function tastingProbe(createPeer: CreateTastingPeer) {
  const ends: TastingEnds = {};
  return {
    ...tastingReports(ends),

    async publishTasting({ url, token, source, route }: TastingRequest): Promise<void> {
      routePeerConnections(route);
      const made = new TastingSource(source);
      ends.source = made;
      made.start();
      const peer = createPeer({ url, token, onTrack: () => undefined });
      await peer.join();
      await peer.publish(made.closeUp.track, made.microphone.track);
      const isSent = (track: MediaStreamTrack) => senderOf(track)?.transport?.state === 'connected';
      await until('the tracks to be sent', () => isSent(made.closeUp.track) && isSent(made.microphone.track));
    },

    /** Resolves when both can be seen and heard. */
    async watchTasting({ url, token, source, route }: TastingRequest): Promise<void> {
      routePeerConnections(route);
      const recorder = new TastingRecorder(source);
      ends.recorder = recorder;
      const peer = createPeer({ url, token, onTrack: (received) => recorder.play(received) });
      await peer.join();
      await until('picture and sound', () => recorder.complete, START_TIMEOUT_MS);
    },
  };
}

export type TastingMethods = ReturnType<typeof tastingProbe> & TastingReports;
