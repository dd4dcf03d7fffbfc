import type { CreatePeer, Peer, PeerVideo } from '../peers/Peer.ts';
import { FrameReader } from './FrameReader.ts';
import { FrameSource, type SourceOptions } from './FrameSource.ts';
import { senderOf } from './peerConnections.ts';
import { PeerToPeer } from './PeerToPeer.ts';
import { readSendingSettings, type SendingSettings } from './sendingSettings.ts';
import { until } from './until.ts';
import { watchDisplayed } from './watchDisplayed.ts';

export interface LatencyRequest {
  source: SourceOptions;
  maxBitrateBps: number;
  /** Null goes from peer to peer, the floor. */
  through: { url: string; publisherToken: string; watcherToken: string } | null;
  /** Of the floor: what the sender of the server's run had. */
  sending: SendingSettings | null;
}

/** What was seen in one interval. */
export interface LatencyWindow {
  /** Milliseconds from the making of a frame to its decoding, a value a frame. */
  decodedMs: number[];
  /** To the screen, a value for each frame that was reported. */
  displayedMs: number[];
  framesMade: number;
  width: number;
  bitrateBps: number;
  /** How the sender sends. */
  sending: SendingSettings;
}

interface Running {
  source: FrameSource;
  end: () => unknown;
}

/** A page that sends a video to itself, through a server or directly, and measures how old it is when it comes. */
export function latencyProbe(createPeer: CreatePeer) {
  let running: Running | undefined;
  let decodedMs: number[] = [];
  let displayedMs: number[] = [];
  let width = 0;

  const show = (source: FrameSource, { track, attach }: PeerVideo): (() => void) => {
    const { width: sourceWidth, height } = source.options;
    const element = document.createElement('video');
    Object.assign(element, { width: sourceWidth, height, muted: true, autoplay: true });
    document.body.append(element);
    attach(element);
    const reader = new FrameReader(track, sourceWidth, (frame) => {
      width = frame.width;
      const madeMs = source.timeOf(frame.id);
      if (madeMs !== null) decodedMs.push(frame.atMs - madeMs);
    });
    const unwatch = watchDisplayed(element, sourceWidth, (id, atMs) => {
      const madeMs = source.timeOf(id);
      if (madeMs !== null) displayedMs.push(atMs - madeMs);
    });
    return () => {
      reader.close();
      unwatch();
      element.remove();
    };
  };

  return {
    async begin({ source: options, maxBitrateBps, through, sending }: LatencyRequest): Promise<void> {
      const source = new FrameSource(options);
      source.start();
      const hides: (() => void)[] = [];
      const onVideo = (video: PeerVideo) => hides.push(show(source, video));
      const open = through ? throughServer(createPeer, through) : fromPeerToPeer(sending ?? { encoding: {} });
      const close = await open(source.track, maxBitrateBps, onVideo);
      running = {
        source,
        end: async () => {
          for (const hide of hides) hide();
          await close();
          source.stop();
        },
      };
      decodedMs = [];
      await until('the first frame', () => decodedMs.length > 0);
    },

    async measure(durationMs: number): Promise<LatencyWindow> {
      if (!running) throw new Error('begin() comes first.');
      const { source } = running;
      const sender = senderOf(source.track);
      if (!sender) throw new Error('Nothing is sent.');
      decodedMs = [];
      displayedMs = [];
      const before = { id: source.lastId, bytes: await sentBytes(sender), atMs: performance.now() };
      await new Promise((resolve) => setTimeout(resolve, durationMs));
      const bits = ((await sentBytes(sender)) - before.bytes) * 8;
      return {
        decodedMs,
        displayedMs,
        framesMade: source.lastId - before.id,
        width,
        bitrateBps: (bits * 1_000) / (performance.now() - before.atMs),
        sending: readSendingSettings(sender),
      };
    },

    async end(): Promise<void> {
      await running?.end();
      running = undefined;
    },
  };
}

export type LatencyMethods = ReturnType<typeof latencyProbe>;

type Open = (
  track: MediaStreamTrack,
  maxBitrateBps: number,
  onVideo: (video: PeerVideo) => void,
) => Promise<() => unknown>;

function throughServer(createPeer: CreatePeer, through: NonNullable<LatencyRequest['through']>): Open {
  const { url, publisherToken, watcherToken } = through;
  return async (track, maxBitrateBps, onVideo) => {
    const publisher = createPeer({ url, token: publisherToken, start: 'cold', onVideo: () => undefined });
    const watcher: Peer = createPeer({ url, token: watcherToken, start: 'cold', onVideo });
    await publisher.join();
    await publisher.publish(track, { maxBitrateBps, simulcast: false });
    await watcher.join();
    return () => Promise.all([publisher.leave(), watcher.leave()]);
  };
}

function fromPeerToPeer(sending: SendingSettings): Open {
  return async (track, maxBitrateBps, onVideo) => {
    const connection = new PeerToPeer();
    const encoding = { ...sending.encoding, maxBitrate: maxBitrateBps };
    await connection.connect(track, { ...sending, encoding }, onVideo);
    return () => connection.close();
  };
}

async function sentBytes(sender: RTCRtpSender): Promise<number> {
  const report = await sender.getStats();
  let bytes = 0;
  report.forEach((stats: RTCStats) => {
    if (stats.type === 'outbound-rtp') bytes += (stats as RTCOutboundRtpStreamStats).bytesSent ?? 0;
  });
  return bytes;
}
