import type { Quad } from '../../client-sdk/src/color/card/geometry.ts';
import type { ColorCorrection } from '../../client-sdk/src/color/ColorCorrection.ts';
import { readColorCard, type CardReading } from '../../client-sdk/src/color/index.ts';
import type { Picture } from '../../client-sdk/src/color/Picture.ts';
import { TastingRoom, type LocalTrack, type VideoCodecName } from '../../client-sdk/src/index.ts';
import { within } from '../lib/within.ts';
import { cardPictures, type CardPicture } from './cardPictures.ts';
import { patchPicture, type PatchPicture } from './patchPicture.ts';
import { PictureSource, type PictureFormat } from './PictureSource.ts';
import { copiedPicture, drawnPicture, readAreas } from './readColors.ts';
import { pictureSize } from './readFrame.ts';
import { readReceiving, type Receiving } from './receiving.ts';
import { until } from './until.ts';

export interface ShowColorsRequest {
  url: string;
  token: string;
  codec: VideoCodecName;
  profile: 'standard' | 'tea';
  format: PictureFormat;
  show: { patches: PatchPicture } | { card: CardPicture };
  areas: readonly Quad[];
}

export interface WatchColorsRequest {
  url: string;
  token: string;
  width: number;
  height: number;
}

export interface ReadColorsRequest {
  areas: readonly Quad[];
  /** The picture is read when it is the same in both halves of so long a time. */
  settleMs: number;
  /** How many are read and averaged. */
  frames: number;
}

/** What a receiver shows: mean bytes of each area, red, green and blue one after the other. */
export interface ReceivedColors extends Receiving {
  /** Decoded frames drawn into a canvas. */
  drawn: number[];
  /** Decoded frames as WebCodecs converts them. */
  copied: number[];
  /** The video element drawn into a canvas. */
  shown: number[];
  /** Of the last frame, as VideoFrame tells them. */
  format: string | null;
  matrix: string | null;
  primaries: string | null;
  transfer: string | null;
  fullRange: boolean | null;
}

/** What the publisher's page says of the card that it sees. */
export type ClaimedReading = Pick<CardReading, 'before' | 'after' | 'problems' | 'correction' | 'corners'>;

const FULL_SIZE_TIMEOUT_MS = 30_000;
const SETTLE_TIMEOUT_MS = 20_000;
const FRAME_TIMEOUT_MS = 10_000;
const SETTLE_INTERVAL_MS = 200;
/** Bytes by which the mean of an area may still change, so little that nobody sees it. */
const STILL = 0.5;
const readings = ['drawn', 'copied', 'shown'] as const;

/** Publishes pictures whose colours are known, or reads the colours that arrive. */
export function colourProbe() {
  let source: PictureSource | undefined;
  let room: TastingRoom | undefined;
  let published: LocalTrack | undefined;
  let watched: { element: HTMLVideoElement; track: MediaStreamTrack } | undefined;

  return {
    /** @returns what this page itself shows of the first frame, read as a receiver does */
    async show({ url, token, codec, profile, format, show, areas }: ShowColorsRequest): Promise<number[]> {
      const pictures = 'card' in show ? cardPictures(show.card) : [patchPicture(show.patches)];
      source = new PictureSource(pictures, format);
      source.start();
      room = new TastingRoom({ url, token });
      await room.join();
      // In one size, since colours are read in full size: a machine that is busy with all of it sends a smaller one for long.
      published = await room.localParticipant.publish(source.track, {
        source: 'teaCloseUp',
        codec,
        profile,
        simulcast: false,
      });
      const frame = source.firstFrame();
      const drawn = drawnPicture(frame, pictureSize(frame));
      frame.close();
      return readAreas(drawn, areas);
    },

    async readCard(): Promise<ClaimedReading | null> {
      const picture: Picture = await published!.captureFrame();
      const reading = readColorCard(picture);
      if (!reading) return null;
      const { before, after, problems, correction, corners } = reading;
      return { before, after, problems, correction, corners };
    },

    async correct(correction: ColorCorrection | null): Promise<void> {
      await published!.setColorCorrection(correction);
    },

    async watch({ url, token, width, height }: WatchColorsRequest): Promise<void> {
      room = new TastingRoom({ url, token });
      room.on('trackSubscribed', (track) => {
        if (track.kind !== 'video') return;
        const element = document.createElement('video');
        Object.assign(element, { width, height, muted: true, autoplay: true });
        document.body.append(element);
        track.attach(element);
        watched = { element, track: track.mediaStreamTrack };
      });
      await room.join();
      await until(
        'the picture in its full size',
        () => watched?.element.videoWidth === width && watched.element.videoHeight === height,
        FULL_SIZE_TIMEOUT_MS,
      );
    },

    async read({ areas, settleMs, frames }: ReadColorsRequest): Promise<ReceivedColors> {
      const { element, track } = watched!;
      const receiving = readReceiving();
      await settled(() => readAreas(drawnPicture(element, element), areas), settleMs);
      const read: Record<(typeof readings)[number], number[]>[] = [];
      const deadline = performance.now() + FULL_SIZE_TIMEOUT_MS;
      let last: Pick<ReceivedColors, 'format' | 'matrix' | 'primaries' | 'transfer' | 'fullRange'> | undefined;
      for await (const frame of framesOf(track)) {
        const size = pictureSize(frame);
        // A link that is weak for a moment has another layer.
        if (size.width !== element.width) {
          if (performance.now() > deadline) throw new Error('The picture does not come in its full size any more.');
          continue;
        }
        read.push({
          drawn: readAreas(drawnPicture(frame, size), areas),
          copied: readAreas(await copiedPicture(frame), areas),
          shown: readAreas(drawnPicture(element, size), areas),
        });
        const { matrix, primaries, transfer, fullRange } = frame.colorSpace;
        last = { format: frame.format, matrix, primaries, transfer, fullRange };
        if (read.length === frames) break;
      }
      if (!last) throw new Error('No frame has come.');
      const [drawn, copied, shown] = readings.map((name) => meanOf(read.map((values) => values[name])));
      return { drawn: drawn!, copied: copied!, shown: shown!, ...last, ...(await receiving.end()) };
    },
  };
}

export type ColourMethods = ReturnType<typeof colourProbe>;

/** The decoded frames of a track until it ends or nobody asks for more; each is closed when the next one is asked for. */
async function* framesOf(track: MediaStreamTrack): AsyncGenerator<VideoFrame> {
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader();
  try {
    for (;;) {
      const { value: frame, done } = await within(FRAME_TIMEOUT_MS, 'a frame', reader.read());
      if (done) return;
      try {
        yield frame;
      } finally {
        frame.close();
      }
    }
  } finally {
    await reader.cancel();
  }
}

/**
 * A codec makes a picture that rests better and better for seconds, and one with noise is never quite still: two halves of the
 * time have to be the same on average. @throws Error when that does not come
 */
async function settled(read: () => number[], stillMs: number): Promise<void> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS;
  const half = Math.ceil(stillMs / 2 / SETTLE_INTERVAL_MS);
  const seen: number[][] = [];
  for (;;) {
    seen.push(read());
    if (seen.length >= 2 * half) {
      const [before, now] = [meanOf(seen.slice(-2 * half, -half)), meanOf(seen.slice(-half))];
      if (now.every((byte, index) => Math.abs(byte - before[index]!) <= STILL)) return;
    }
    if (performance.now() > deadline) throw new Error('The colours do not come to rest.');
    await new Promise((resolve) => setTimeout(resolve, SETTLE_INTERVAL_MS));
  }
}

function meanOf(lists: readonly number[][]): number[] {
  return lists[0]!.map((_, at) => lists.reduce((sum, list) => sum + list[at]!, 0) / lists.length);
}
