import { converter, differenceCiede2000, modeLab65, modeLrgb, modeRgb, useMode } from 'culori/fn';

/** Red, green and blue of sRGB, 0 to 255; fractions allowed. */
export type RgbBytes = readonly [number, number, number];

/** CIE L*a*b* with the white of sRGB, which is D65. */
export interface Lab {
  l: number;
  a: number;
  b: number;
}

useMode(modeRgb);
useMode(modeLrgb);
useMode(modeLab65);
const toLab65 = converter('lab65');
const difference = differenceCiede2000();

export function labOf([r, g, b]: RgbBytes): Lab {
  return toLab65({ mode: 'rgb', r: r / 255, g: g / 255, b: b / 255 });
}

/** @param linear light with the primaries of sRGB; what lies outside of 0 to 1 is a colour outside of sRGB */
export function labOfLinear([r, g, b]: readonly [number, number, number]): Lab {
  return toLab65({ mode: 'lrgb', r, g, b });
}

/** How different two colours of sRGB look, CIEDE2000: 1 is just visible side by side, 2.3 plainly. */
export function ciede2000(one: RgbBytes, other: RgbBytes): number {
  return labDifference(labOf(one), labOf(other));
}

/** CIEDE2000 with all weights one (CIE 142-2001). */
export function labDifference(one: Lab, other: Lab): number {
  return difference(
    { mode: 'lab65', l: one.l, a: one.a, b: one.b },
    { mode: 'lab65', l: other.l, a: other.a, b: other.b },
  );
}
