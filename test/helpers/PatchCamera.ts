import type { Page } from 'puppeteer-core';
import type { VideoCodecName } from '../../protocol/mediaCodecs.ts';

export type Rgb = readonly [number, number, number];
/** How frames are made: as a canvas makes them, or as a camera does. */
export type PatchFormat = 'rgb' | 'bt601' | 'bt709';

/** Liquors, leaves and greys, as sRGB bytes: none so saturated that 8-bit Y'CbCr could not hold it. */
export const patches: readonly Rgb[] = [
  [200, 201, 202],
  [86, 85, 84],
  [217, 178, 84],
  [169, 75, 41],
  [96, 37, 22],
  [182, 196, 112],
  [83, 96, 58],
  [67, 92, 150],
];

const [WIDTH, HEIGHT, COLUMNS, ROWS] = [640, 360, 4, 2];

declare global {
  interface Window {
    patchCamera: { track: MediaStreamTrack; stop(): void };
  }
}

/** Makes a live track of flat patches in a page: `window.patchCamera.track`. */
export function openPatchCamera(page: Page, format: PatchFormat): Promise<void> {
  return page.evaluate(
    (kind, colors, width, height, columns, rows) => {
      const patchAt = (x: number, y: number) =>
        colors[Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width)]!;
      const [red, blue] = kind === 'bt709' ? [0.2126, 0.0722] : [0.299, 0.114];
      const yuv = ([r, g, b]: readonly [number, number, number]) => {
        const y = red * r + (1 - red - blue) * g + blue * b;
        const chroma = (difference: number, share: number) => ((difference / (2 * (1 - share))) * 224) / 255 + 128;
        return [(y * 219) / 255 + 16, chroma(b - y, blue), chroma(r - y, red)].map(Math.round);
      };
      const data = new Uint8Array(kind === 'rgb' ? width * height * 4 : width * height * 1.5);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const color = patchAt(x, y);
          const [luma, cb, cr] = yuv(color) as [number, number, number];
          if (kind === 'rgb') {
            data.set([...color, 255], (y * width + x) * 4);
            continue;
          }
          data[y * width + x] = luma;
          const block = (y >> 1) * (width / 2) + (x >> 1);
          data[width * height + block] = cb;
          data[width * height * 1.25 + block] = cr;
        }
      }
      const colorSpace: VideoColorSpaceInit = {
        matrix: kind === 'bt709' ? 'bt709' : 'smpte170m',
        primaries: 'bt709',
        transfer: 'bt709',
        fullRange: false,
      };
      const init = {
        format: kind === 'rgb' ? 'RGBA' : 'I420',
        codedWidth: width,
        codedHeight: height,
        colorSpace: kind === 'rgb' ? undefined : colorSpace,
      } as const;
      const track = new MediaStreamTrackGenerator({ kind: 'video' });
      const writer = track.writable.getWriter();
      const timer = setInterval(() => {
        const frame = new VideoFrame(data, { ...init, timestamp: Math.round(performance.now() * 1_000) });
        writer.write(frame).catch(() => clearInterval(timer));
      }, 50);
      window.patchCamera = {
        track,
        stop: () => {
          clearInterval(timer);
          track.stop();
        },
      };
    },
    format,
    patches,
    WIDTH,
    HEIGHT,
    COLUMNS,
    ROWS,
  );
}

/** Publishes the patches as the cup. */
export function publishPatches(page: Page, codec: VideoCodecName): Promise<void> {
  return page.evaluate(async (name) => {
    const { track } = window.patchCamera;
    await window.room.localParticipant.publish(track, { source: 'teaCloseUp', codec: name, simulcast: false });
  }, codec);
}

/** The patches as a video element of the page shows them; null while it shows nothing. */
export function shownPatches(page: Page, element: string): Promise<Rgb[] | null> {
  return page.evaluate(
    (key, columns, rows) => {
      const video = window.elements.get(key) as HTMLVideoElement | undefined;
      if (!video || video.videoWidth === 0) return null;
      const { videoWidth, videoHeight } = video;
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [videoWidth, videoHeight];
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      context.drawImage(video, 0, 0);
      const side = 16;
      return Array.from({ length: columns * rows }, (_, index) => {
        const x = (((index % columns) + 0.5) * videoWidth) / columns - side / 2;
        const y = ((Math.floor(index / columns) + 0.5) * videoHeight) / rows - side / 2;
        const { data } = context.getImageData(x, y, side, side);
        const mean = (channel: number) =>
          data.filter((_byte, at) => at % 4 === channel).reduce((sum, byte) => sum + byte, 0) / (side * side);
        return [mean(0), mean(1), mean(2)] as const;
      });
    },
    element,
    COLUMNS,
    ROWS,
  );
}
