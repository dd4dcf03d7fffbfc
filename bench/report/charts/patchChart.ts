import type { RgbBytes } from '../../../client-sdk/src/color/colorDifference.ts';
import { escape } from '../escape.ts';

/** A patch as it was meant, and around it as it was seen, one seen beside the other. */
export interface SeenPatch {
  meant: RgbBytes;
  seen: readonly { color: RgbBytes; difference: number }[];
}

const COLUMNS = 6;
const SIDE = 62;
const GAP = 8;
const TEXT = 16;
/** The middle, as it was meant. */
const INNER = 26;

/**
 * A chart's patches. What was seen fills each patch, in as many strips as there are ways; in its middle is what was meant. Where the
 * middle is not to be made out, nothing is lost.
 */
export function patchChart(patches: readonly SeenPatch[], title: string): string {
  const width = COLUMNS * (SIDE + GAP) - GAP;
  const height = Math.ceil(patches.length / COLUMNS) * (SIDE + TEXT + GAP) - GAP;
  const shapes = patches.map(({ meant, seen }, index) => {
    const x = (index % COLUMNS) * (SIDE + GAP);
    const y = Math.floor(index / COLUMNS) * (SIDE + TEXT + GAP);
    const strip = SIDE / seen.length;
    const strips = seen.map(({ color, difference }, at) => {
      const middle = (x + strip * (at + 0.5)).toFixed(1);
      return `<rect x="${(x + strip * at).toFixed(1)}" y="${y}" width="${strip.toFixed(1)}" height="${SIDE}" fill="${cssColor(color)}"/><text x="${middle}" y="${y + SIDE + 12}" text-anchor="middle">${difference.toFixed(1)}</text>`;
    });
    const inner = (SIDE - INNER) / 2;
    return `${strips.join('')}<rect x="${x + inner}" y="${y + inner}" width="${INNER}" height="${INNER}" fill="${cssColor(meant)}"/>`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}" shape-rendering="crispEdges">${shapes.join('')}</svg>`;
}

function cssColor(bytes: RgbBytes): string {
  return `rgb(${bytes.map((value) => Math.round(value)).join(' ')})`;
}
