import type { ColorCorrection } from './ColorCorrection.ts';
import { correctionMatrix } from './correctionMatrix.ts';
import { correctionTables, ENTRIES, lightLevel, LOWEST_BYTE } from './correctionTables.ts';
import type { Picture } from './Picture.ts';

/** Corrects a picture in place, each pixel for itself. */
export function correctPicture({ data }: Picture, correction: ColorCorrection): void {
  const { toLight, fromLight } = correctionTables();
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = correctionMatrix(correction);
  const zero = -LOWEST_BYTE * ENTRIES;
  for (let i = 0; i < data.length; i += 4) {
    const red = toLight[zero + data[i]! * ENTRIES]!;
    const green = toLight[zero + data[i + 1]! * ENTRIES]!;
    const blue = toLight[zero + data[i + 2]! * ENTRIES]!;
    data[i] = fromLight[lightLevel(m0 * red + m1 * green + m2 * blue)]! / ENTRIES;
    data[i + 1] = fromLight[lightLevel(m3 * red + m4 * green + m5 * blue)]! / ENTRIES;
    data[i + 2] = fromLight[lightLevel(m6 * red + m7 * green + m8 * blue)]! / ENTRIES;
  }
}
