import { toLinear } from '../srgb.ts';
import type { ColorCard, ColorPatch } from './ColorCard.ts';

/**
 * What white paper gives back of the light, 0 to 1: matt paper has 0.85 to 0.9. A printer lays every colour on this white, so
 * all of the card's colours are darker than on a screen by this factor.
 */
const PAPER_WHITE = 0.88;

/** What a printer gives is near the colour that was meant, and not it: its greys, which need no hue, are nearer. */
const PRINTED_WEIGHT = 0.25;

/**
 * The colours in which the page draws the card, as sRGB. White stands in all four corners and greys in every row, so that light
 * that changes over the card shows; the second row is liquors from green to dark tea. All are colours that a home printer
 * reaches on matt paper.
 */
export const chaxiPatches: readonly { name: string; fill: string }[] = [
  { name: 'white', fill: '#ffffff' },
  { name: 'red', fill: '#b0413e' },
  { name: 'yellow', fill: '#e3c23a' },
  { name: 'green', fill: '#4f8f52' },
  { name: 'blue', fill: '#3f5f9c' },
  { name: 'white', fill: '#ffffff' },
  { name: 'grey 80', fill: '#c8c8c8' },
  { name: 'green liquor', fill: '#dbd38c' },
  { name: 'golden liquor', fill: '#d9a94e' },
  { name: 'amber liquor', fill: '#bf7a34' },
  { name: 'red liquor', fill: '#94472b' },
  { name: 'grey 50', fill: '#777777' },
  { name: 'grey 35', fill: '#565656' },
  { name: 'leaf', fill: '#6b7338' },
  { name: 'dark liquor', fill: '#5c3527' },
  { name: 'cyan', fill: '#4b97a8' },
  { name: 'magenta', fill: '#a85482' },
  { name: 'grey 65', fill: '#9e9e9e' },
  { name: 'white', fill: '#ffffff' },
  { name: 'grey 65', fill: '#9e9e9e' },
  { name: 'grey 50', fill: '#777777' },
  { name: 'grey 80', fill: '#c8c8c8' },
  { name: 'black', fill: '#262626' },
  { name: 'white', fill: '#ffffff' },
];

/** The card that the page /card prints. Its distances in millimetres stand in web/src/components/cardDrawing.ts. */
export const chaxiCard: ColorCard = {
  name: 'chaxi',
  columns: 6,
  rows: 4,
  patchSide: 24 / 28,
  margin: 4 / 28,
  patches: chaxiPatches.map(({ name, fill }): ColorPatch => {
    const [r, g, b] = [1, 3, 5].map((at) => toLinear(parseInt(fill.slice(at, at + 2), 16)) * PAPER_WHITE);
    const isGrey = r === g && g === b;
    return { name, color: [r!, g!, b!], isGrey, weight: isGrey ? 1 : PRINTED_WEIGHT };
  }),
};
