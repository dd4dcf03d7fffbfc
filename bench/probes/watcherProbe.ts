import type { JoinStart } from '../../client-sdk/src/index.ts';
import { within } from '../lib/within.ts';
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
  /** Of what happens before the click. */
  timeoutMs: number;
}

export interface JoinRequest {
  timeoutMs: number;
  /** Stay until the picture is as wide as the source, up to this long; 0 does not wait. */
  fullSizeTimeoutMs: number;
  /** Stay until the first frame of so many videos is on the screen, up to `timeoutMs`; 0 does not wait. */
  videos: number;
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
  /** First frame of the last of all videos on the screen. */
  allVideosMs: number | null;
  ssrc: number | null;
}

/** Small enough for 49 of them to fit the page below a picture of 640 x 360: what is not seen is not sent. */
const OTHERS = { width: 120, height: 72 };
const LEAVE_TIMEOUT_MS = 3_000;

/** A page that joins and watches. */
export function watcherProbe(createPeer: CreatePeer) {
  let peer: Peer | undefined;
  let request: WatchRequest | undefined;
  /** Why the join has failed before the click. */
  let unprepared: string | null = null;
  let onVideo: (video: PeerVideo) => void = () => undefined;

  return {
    /** Everything that happens before the click. */
    async open(options: WatchRequest): Promise<void> {
      request = options;
      peer = createPeer({ ...options, onVideo: (video) => onVideo(video) });
      await within(options.timeoutMs, 'the preparation', peer.prepare()).catch((error: unknown) => {
        unprepared = `Before the click: ${messageOf(error)}`;
      });
    },

    async join({ timeoutMs, fullSizeTimeoutMs, videos }: JoinRequest): Promise<JoinObservation> {
      if (!peer || !request) throw new Error('open() comes first.');
      const { publisher, sourceWidth, elementWidth } = request;
      const observation: JoinObservation = {
        failed: unprepared,
        clickedAtMs: 0,
        stages: {},
        firstFrameMs: null,
        firstFrameWidth: null,
        displayedMs: null,
        fullSizeMs: null,
        allVideosMs: null,
        ssrc: null,
      };
      if (unprepared !== null) return observation;
      let clickedAt = 0;
      let watched: MediaStreamTrack | undefined;
      const full = Promise.withResolvers<void>();
      const first = Promise.withResolvers<void>();
      const displayed = Promise.withResolvers<void>();
      const all = Promise.withResolvers<void>();
      const shown = new Set<string>();
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
        if (measured) element.width = elementWidth;
        else Object.assign(element, OTHERS);
        element.muted = true;
        element.autoplay = true;
        document.body.append(element);
        video.attach(element);
        element.requestVideoFrameCallback((_now, { expectedDisplayTime }) => {
          shown.add(video.identity);
          if (shown.size !== videos) return;
          observation.allVideosMs ??= expectedDisplayTime - clickedAt;
          all.resolve();
        });
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
        if (videos > 0) {
          const leftMs = timeoutMs - (performance.now() - clickedAt);
          await within(leftMs, 'all videos', all.promise).catch(() => undefined);
        }
      } catch (error) {
        observation.failed = messageOf(error);
      }
      observation.stages = await peer.stages();
      observation.ssrc = watched ? ssrcOf(watched) : null;
      return observation;
    },

    async leave(): Promise<void> {
      // The page is closed next, and with it the rest.
      if (peer) await within(LEAVE_TIMEOUT_MS, 'the leaving', peer.leave());
    },
  };
}

export type WatcherMethods = ReturnType<typeof watcherProbe>;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
