/** From what the camera gives to true colours: first the gains, then the matrix, both in linear light with sRGB primaries. */
export interface ColorCorrection {
  /** White balance: factors of linear red, green and blue. */
  gains: readonly [number, number, number];
  /** 3 x 3, row-major. */
  matrix: readonly [number, number, number, number, number, number, number, number, number];
}
