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

export interface GrowRequest {
  /** Sizes of the element. */
  small: { width: number; height: number };
  large: { width: number; height: number };
  restMs: number;
  timeoutMs: number;
}

export interface GrownTasting {
  fromWidth: number;
  toWidth: number;
  /** To the first larger frame; null where none came. */
  afterMs: number | null;
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

    /** Makes the element small, rests until nobody needs more than a small picture, makes it large, and waits for a larger one. */
    async growTasting({ small, large, restMs, timeoutMs }: GrowRequest): Promise<GrownTasting> {
      const { recorder } = ends;
      if (!recorder) throw new Error('This page does not watch.');
      recorder.resize(small);
      await until('a smaller picture', () => recorder.width < large.width, START_TIMEOUT_MS);
      await new Promise((resolve) => setTimeout(resolve, restMs));
      const fromWidth = recorder.width;
      const grownMs = performance.timeOrigin + performance.now();
      recorder.resize(large);
      const isLarger = () => recorder.width > fromWidth;
      await until('a larger picture', isLarger, timeoutMs).catch(() => undefined);
      const { frameMs, frameWidths } = recorder.seen;
      const index = frameMs.findIndex((atMs, place) => atMs > grownMs && frameWidths[place]! > fromWidth);
      return { fromWidth, toWidth: recorder.width, afterMs: index < 0 ? null : frameMs[index]! - grownMs };
    },
  };
}

export type TastingMethods = ReturnType<typeof tastingProbe> & TastingReports;
