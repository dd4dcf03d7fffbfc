import type { JoinStart } from '../../client-sdk/src/index.ts';
import type { CreatePeer, Peer, PeerStages, PeerVideo } from '../peers/Peer.ts';
import { FrameReader, type ReadFrame } from './FrameReader.ts';
import { ssrcOf } from './peerConnections.ts';

export interface WatchRequest {
  url: string;
  token: string;
  start: JoinStart;
  /** Whose video is measured; that of others is shown beside it. */
  publisher: string;
  sourceWidth: number;
  /** Of the element that shows it. */
  elementWidth: number;
}

export interface JoinRequest {
  timeoutMs: number;
  /** Stay until the picture is as wide as the source, up to this long; 0 does not wait. */
  fullSizeTimeoutMs: number;
}

/** What a join was, in milliseconds from the click. */
export interface JoinObservation {
  failed: string | null;
  /** Milliseconds since 1970. */
  clickedAtMs: number;
  stages: PeerStages;
  /** First decoded frame with a valid number. */
  firstFrameMs: number | null;
  firstFrameWidth: number | null;
  /** First frame on the screen. */
  displayedMs: number | null;
  /** First frame as wide as the source. */
  fullSizeMs: number | null;
  ssrc: number | null;
}

const OTHERS_WIDTH = 160;

/** A page that joins and watches. */
export function watcherProbe(createPeer: CreatePeer) {
  let peer: Peer | undefined;
  let request: WatchRequest | undefined;
  let onVideo: (video: PeerVideo) => void = () => undefined;

  return {
    /** Everything that happens before the click. */
    async open(options: WatchRequest): Promise<void> {
      request = options;
      peer = createPeer({ ...options, onVideo: (video) => onVideo(video) });
      await peer.prepare();
    },

    async join({ timeoutMs, fullSizeTimeoutMs }: JoinRequest): Promise<JoinObservation> {
      if (!peer || !request) throw new Error('open() comes first.');
      const { publisher, sourceWidth, elementWidth } = request;
      const observation: JoinObservation = {
        failed: null,
        clickedAtMs: 0,
        stages: {},
        firstFrameMs: null,
        firstFrameWidth: null,
        displayedMs: null,
        fullSizeMs: null,
        ssrc: null,
      };
      let clickedAt = 0;
      let watched: MediaStreamTrack | undefined;
      const full = Promise.withResolvers<void>();
      const first = Promise.withResolvers<void>();
      const displayed = Promise.withResolvers<void>();
      const handleFrame = ({ atMs, width }: ReadFrame) => {
        if (observation.firstFrameMs === null) {
          observation.firstFrameMs = atMs - clickedAt;
          observation.firstFrameWidth = width;
          first.resolve();
        }
        if (width >= sourceWidth) {
          observation.fullSizeMs ??= atMs - clickedAt;
          full.resolve();
        }
      };
      onVideo = (video) => {
        const element = document.createElement('video');
        const measured = video.identity === publisher;
        element.width = measured ? elementWidth : OTHERS_WIDTH;
        element.muted = true;
        element.autoplay = true;
        document.body.append(element);
        video.attach(element);
        if (!measured || watched) return;
        watched = video.track;
        new FrameReader(video.track, sourceWidth, handleFrame);
        element.requestVideoFrameCallback((_now, { expectedDisplayTime }) => {
          observation.displayedMs = expectedDisplayTime - clickedAt;
          displayed.resolve();
        });
      };

      clickedAt = performance.now();
      observation.clickedAtMs = performance.timeOrigin + clickedAt;
      const joined = peer.join();
      try {
        await within(timeoutMs, 'the first frame', Promise.all([first.promise, joined]));
        await within(1_000, 'the first frame on the screen', displayed.promise).catch(() => undefined);
        if (fullSizeTimeoutMs > 0) {
          const leftMs = fullSizeTimeoutMs - (performance.now() - clickedAt);
          await within(leftMs, 'the full size', full.promise).catch(() => undefined);
        }
      } catch (error) {
        observation.failed = error instanceof Error ? error.message : String(error);
      }
      observation.stages = await peer.stages();
      observation.ssrc = watched ? ssrcOf(watched) : null;
      return observation;
    },

    async leave(): Promise<void> {
      await peer?.leave();
    },
  };
}

export type WatcherMethods = ReturnType<typeof watcherProbe>;

function within<T>(timeoutMs: number, what: string, promise: Promise<T>): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error(`Waited ${Math.round(timeoutMs)} ms for ${what}.`)), Math.max(0, timeoutMs)),
    ),
  ]);
}
