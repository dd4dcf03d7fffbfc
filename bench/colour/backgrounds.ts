import type { LinearRgb } from '../../client-sdk/src/color/card/ColorCard.ts';
import { seededRandom } from '../lib/random.ts';

export type Background = (x: number, y: number) => LinearRgb;
export type BackgroundName = keyof typeof backgrounds;

/** What lies on and behind a tea table. Each is made for one picture's size and seed. */
export const backgrounds = {
  wood: (_width: number, _height: number, seed: number): Background => {
    const phase = seededRandom(seed)() * 100;
    return (x, y) => {
      const grain = Math.sin((y + 6 * Math.sin((x + phase) / 90)) / 5) + 0.5 * Math.sin((y + phase) / 1.7);
      const light = 0.16 + 0.03 * grain;
      return [light * 1.5, light * 0.9, light * 0.5];
    };
  },
  cloth: (): Background => (x, y) => {
    const thread = 0.5 + 0.12 * Math.sin(x * 1.3) * Math.sin(y * 1.3);
    return [thread, thread * 0.97, thread * 0.9];
  },
  stripes: (): Background => (x, y) => (Math.floor((x + y * 0.4) / 24) % 2 === 0 ? [0.6, 0.55, 0.5] : [0.08, 0.1, 0.2]),
  checks: (): Background => (x, y) =>
    (Math.floor(x / 40) + Math.floor(y / 40)) % 2 === 0 ? [0.7, 0.68, 0.6] : [0.35, 0.05, 0.05],
  tiles: (): Background => (x, y) => (x % 48 < 5 || y % 48 < 5 ? [0.05, 0.05, 0.05] : [0.5, 0.52, 0.5]),
  /** More small pieces in any colour than a card has patches, in rows as those are. */
  mosaic: (_width: number, _height: number, seed: number): Background => {
    const random = seededRandom(seed);
    const colors = Array.from({ length: 4_096 }, () => [random() ** 2, random() ** 2, random() ** 2] as LinearRgb);
    return (x, y) => {
      const piece = (Math.floor(y / 14) * 61 + Math.floor(x / 14)) % colors.length;
      return x % 14 < 3 || y % 14 < 3 ? [0.01, 0.01, 0.01] : colors[piece]!;
    };
  },
  /** Cups, lids and boxes: ellipses and leaning rectangles in any colour. */
  clutter: (width: number, height: number, seed: number): Background => {
    const random = seededRandom(seed);
    const things = Array.from({ length: 60 }, () => {
      const angle = random() * Math.PI;
      return {
        x: random() * width,
        y: random() * height,
        across: 10 + random() * width * 0.08,
        along: 10 + random() * width * 0.08,
        cos: Math.cos(angle),
        sin: Math.sin(angle),
        round: random() < 0.5,
        color: [random() ** 2, random() ** 2, random() ** 2] as LinearRgb,
      };
    });
    return (x, y) => {
      const thing = things.find((each) => {
        const dx = x - each.x;
        const dy = y - each.y;
        const u = (dx * each.cos + dy * each.sin) / each.across;
        const v = (dy * each.cos - dx * each.sin) / each.along;
        return each.round ? u * u + v * v < 1 : Math.max(Math.abs(u), Math.abs(v)) < 1;
      });
      return thing?.color ?? [0.3, 0.28, 0.25];
    };
  },
} as const satisfies Record<string, (width: number, height: number, seed: number) => Background>;
