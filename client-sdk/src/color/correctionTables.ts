import { fromLinear, toLinear } from './srgb.ts';

/** Y'CbCr bytes reach from -291 to 549 as R'G'B' (blue of BT.709); what lies outside of 0 to 255 is as black or white. */
export const LOWEST_BYTE = -320;
const HIGHEST_BYTE = 576;
/** Entries a byte, so that rounding to an entry is finer than rounding to a byte. */
export const ENTRIES = 8;
/** Less than half a byte apart at black, where the transfer function is steepest, and finer everywhere else. */
export const LIGHT_LEVELS = 8_191;
/** So many times the light of white has a byte of its own, above 255. */
export const BEYOND_WHITE = 4;

export interface CorrectionTables {
  /** Linear light, 0 to LIGHT_LEVELS, of byte `LOWEST_BYTE + index / ENTRIES`. */
  toLight: Float32Array;
  /** Byte times ENTRIES of linear light, 0 to BEYOND_WHITE times LIGHT_LEVELS. */
  fromLight: Int16Array;
}

let tables: CorrectionTables | null = null;

/** The transfer function of sRGB both ways, made once: computing it for each pixel would take ten times as long. */
export function correctionTables(): CorrectionTables {
  tables ??= {
    toLight: Float32Array.from({ length: (HIGHEST_BYTE - LOWEST_BYTE) * ENTRIES }, (_, index) => {
      const byte = Math.min(255, Math.max(0, LOWEST_BYTE + index / ENTRIES));
      return toLinear(byte) * LIGHT_LEVELS;
    }),
    fromLight: Int16Array.from({ length: BEYOND_WHITE * LIGHT_LEVELS + 1 }, (_, index) =>
      Math.round(fromLinear(index / LIGHT_LEVELS) * ENTRIES),
    ),
  };
  return tables;
}

/** The entry of `fromLight` for an amount of light. */
export function lightLevel(light: number): number {
  return light <= 0 ? 0 : light >= LIGHT_LEVELS ? LIGHT_LEVELS : (light + 0.5) | 0;
}
