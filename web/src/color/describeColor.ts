import { ciede2000, labOf, type Lab, type RgbBytes } from '../../../client-sdk/src/color/index.ts';
import { nearestTeaWord, type TeaWord } from './teaWords.ts';

/** What the colour picker says of a colour. */
export interface ColorDescription {
  /** `#rrggbb` */
  hex: string;
  lab: Lab;
  word: TeaWord;
}

export function describeColor(color: RgbBytes): ColorDescription {
  const hex = color.map((byte) => Math.round(byte).toString(16).padStart(2, '0')).join('');
  return { hex: `#${hex}`, lab: labOf(color), word: nearestTeaWord(color, ciede2000) };
}

/** L*, a* and b* to be read, with a true minus. */
export function labText(lab: Lab): string {
  return labNumbers(lab).join('  ').replaceAll('-', '−');
}

/** Word, sRGB, L*, a* and b* to be copied, with tabs in between: a spreadsheet gives each a cell of its own. */
export function colorRow({ hex, lab }: ColorDescription, name: string): string {
  return [name, hex.toUpperCase(), ...labNumbers(lab)].join('\t');
}

/** With one decimal, which is more than a camera is sure of, and without a minus before zero. */
function labNumbers({ l, a, b }: Lab): string[] {
  return [l, a, b].map((value) => value.toFixed(1).replace(/^-(?=0\.0$)/, ''));
}
