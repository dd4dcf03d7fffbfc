import { mean } from '../../lib/stats.ts';
import { times, type Spectrum } from './colorimetry.ts';
import { daylightComponents, ohtaChart, wavelengths } from './published.ts';

/** Second constant of Planck's law, in nm K. */
const C2 = 1.4388e7;
const NORMALIZED_AT_NM = 560;
/** The patch that was made to reflect as leaves do. */
const FOLIAGE = 3;

/** Relative power of a glowing body, as the filament of a lamp nearly is. */
export function blackbody(kelvin: number): Spectrum {
  const power = (nm: number) => nm ** -5 / Math.expm1(C2 / (nm * kelvin));
  return wavelengths.map((nm) => power(nm) / power(NORMALIZED_AT_NM));
}

/** Relative power of daylight of a correlated colour temperature from 4,000 to 25,000 K (CIE 015, series D). */
export function daylight(kelvin: number): Spectrum {
  const [a, b, c, d] = kelvin <= 7_000 ? [-4.607e9, 2.9678e6, 99.11, 0.244063] : [-2.0064e9, 1.9018e6, 247.48, 0.23704];
  const x = a / kelvin ** 3 + b / kelvin ** 2 + c / kelvin + d;
  const y = -3 * x ** 2 + 2.87 * x - 0.275;
  const scale = 0.0241 + 0.2562 * x - 0.7341 * y;
  const first = (-1.3515 - 1.7703 * x + 5.9114 * y) / scale;
  const second = (0.03 - 31.4424 * x + 30.0717 * y) / scale;
  const { mean, first: s1, second: s2 } = daylightComponents;
  return mean.map((value, index) => (value + first * s1[index]! + second * s2[index]!) / 100);
}

/** Daylight by a window before trees: as much of `share` as is not sky came by way of leaves. */
export function daylightOffLeaves(kelvin: number, share: number): Spectrum {
  const leaves = ohtaChart[FOLIAGE]!;
  const green = leaves.filter((_, index) => wavelengths[index]! >= 500 && wavelengths[index]! <= 600);
  const usual = mean(green);
  return times(
    daylight(kelvin),
    leaves.map((value) => 1 - share + (share * value) / usual),
  );
}

/** The lights under which the card is shown, by the name that the command line has for them. */
export const lights = {
  '2700k': { name: 'lamp of 2,700 K', spectrum: blackbody(2_700) },
  '3200k': { name: 'lamp of 3,200 K', spectrum: blackbody(3_200) },
  green: { name: 'window before trees', spectrum: daylightOffLeaves(6_504, 0.6) },
  '5000k': { name: 'daylight of 5,000 K', spectrum: daylight(5_003) },
  '6500k': { name: 'daylight of 6,500 K', spectrum: daylight(6_504) },
} as const satisfies Record<string, { name: string; spectrum: Spectrum }>;

export type LightName = keyof typeof lights;
export const lightNames = Object.keys(lights) as LightName[];
