/** The transfer function of sRGB (IEC 61966-2-1) between bytes and linear light. */

/** @param byte 0 to 255, fractions allowed @returns linear light, 0 to 1 */
export function toLinear(byte: number): number {
  const encoded = byte / 255;
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
}

/** @param linear light; what lies outside of 0 to 1 goes on along the same curve @returns 0 to 255, not rounded */
export function fromLinear(linear: number): number {
  return 255 * (linear <= 0.003_130_8 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055);
}
