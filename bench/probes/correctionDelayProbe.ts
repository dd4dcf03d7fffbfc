import type { ColorCorrection } from '../../client-sdk/src/color/ColorCorrection.ts';
import { TastingRoom, type LocalTrack, type VideoCodecName } from '../../client-sdk/src/index.ts';
import { FrameReader } from './FrameReader.ts';
import { FrameSource, type SourceOptions } from './FrameSource.ts';
import { until } from './until.ts';

export interface DelayRequest {
  url: string;
  publisherToken: string;
  watcherToken: string;
  codec: VideoCodecName;
  source: SourceOptions;
}

/** What was seen in one interval. */
export interface DelayWindow {
  /** Milliseconds from the making of a frame to its decoding, a value a frame. */
  decodedMs: number[];
  framesMade: number;
}

/** A page that sends a close-up to itself through a server, corrected or not, and measures how old its frames are. */
export function correctionDelayProbe() {
  let source: FrameSource | undefined;
  let published: LocalTrack | undefined;
  let rooms: TastingRoom[] = [];
  let decodedMs: number[] = [];

  return {
    async beginDelay({ url, publisherToken, watcherToken, codec, source: options }: DelayRequest): Promise<void> {
      const made = new FrameSource(options);
      source = made;
      made.start();
      const [publisher, watcher] = [publisherToken, watcherToken].map((token) => new TastingRoom({ url, token }));
      rooms = [publisher!, watcher!];
      await publisher!.join();
      // One resolution, so that the encoder leaves the processor to what is measured.
      const settings = { source: 'teaCloseUp', profile: 'tea', codec, simulcast: false } as const;
      published = await publisher!.localParticipant.publish(made.track, settings);
      watcher!.on('trackSubscribed', (track) => {
        const element = document.createElement('video');
        Object.assign(element, { width: options.width, height: options.height, muted: true, autoplay: true });
        document.body.append(element);
        track.attach(element);
        new FrameReader(track.mediaStreamTrack, options.width, ({ id, atMs, width }) => {
          const madeMs = made.timeOf(id);
          if (madeMs !== null && width === options.width) decodedMs.push(atMs - madeMs);
        });
      });
      await watcher!.join();
      await until('the first frame in its full size', () => decodedMs.length > 0, 30_000);
    },

    /** After the correction has been set or taken back, and `settleMs`. */
    async measureDelay(request: {
      correction: ColorCorrection | null;
      settleMs: number;
      durationMs: number;
    }): Promise<DelayWindow> {
      const { correction, settleMs, durationMs } = request;
      await published!.setColorCorrection(correction);
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      const converted = published!.mediaStreamTrack !== source!.track;
      if (converted !== (correction !== null)) throw new Error(`Frames are ${converted ? '' : 'not '}converted.`);
      decodedMs = [];
      const begun = source!.lastId;
      await new Promise((resolve) => setTimeout(resolve, durationMs));
      return { decodedMs, framesMade: source!.lastId - begun };
    },

    async endDelay(): Promise<void> {
      source?.stop();
      await Promise.all(rooms.map((room) => room.leave()));
    },
  };
}

export type CorrectionDelayMethods = ReturnType<typeof correctionDelayProbe>;
