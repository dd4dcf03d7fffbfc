import { svg } from 'lit';
import { chaxiCard, chaxiPatches } from '../../../client-sdk/src/color/index.ts';

/** Millimetres from one patch to the next: the widest card that A4 and Letter both hold upright. */
const PITCH_MM = 28;

const { columns, rows, margin, patchSide } = chaxiCard;
const width = (columns + 2 * margin) * PITCH_MM;
const height = (rows + 2 * margin) * PITCH_MM;
const side = patchSide * PITCH_MM;

/** Near to what a printer's black gives, so that it is printed without a cast. */
const FRAME = '#1a1a1a';

/** The colour card in millimetres as an SVG image with this description. */
export function cardDrawing(description: string) {
  return svg`<svg
    class="card"
    width="${width}mm"
    height="${height}mm"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label=${description}
  >
    <rect width=${width} height=${height} fill=${FRAME} />
    ${chaxiPatches.map(({ fill }, index) => {
      const x = (margin + (index % columns) + 0.5) * PITCH_MM - side / 2;
      const y = (margin + Math.floor(index / columns) + 0.5) * PITCH_MM - side / 2;
      return svg`<rect x=${x} y=${y} width=${side} height=${side} fill=${fill} />`;
    })}
  </svg>`;
}
