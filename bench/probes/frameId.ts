/**
 * A frame's number, drawn as black and white blocks in its top left corner: most significant bit first, and below it the same
 * inverted, so that no picture is taken for a number.
 */
const BLOCK_PX = 16;
export const ID_BITS = 24;
const BLACK = 16;
const WHITE = 235;
const MIDDLE = 126;
/** A block that a codec has greyed more than this is not read. */
const MIN_CONTRAST = 40;

/** Pixels that the number takes in the frame as it was drawn. */
export const ID_AREA = { width: ID_BITS * BLOCK_PX, height: 2 * BLOCK_PX };

/** Draws a number into the luma plane. */
export function drawFrameId(luma: Uint8Array, stride: number, id: number): void {
  for (let bit = 0; bit < ID_BITS; bit++) {
    const one = (id >>> (ID_BITS - 1 - bit)) & 1;
    for (let y = 0; y < ID_AREA.height; y++) {
      const inverted = y >= BLOCK_PX;
      const start = y * stride + bit * BLOCK_PX;
      luma.fill((one === 1) !== inverted ? WHITE : BLACK, start, start + BLOCK_PX);
    }
  }
}

/** Reads a number from a luma plane that was scaled by `scale`; null where there is none. */
export function readFrameId(luma: Uint8Array, stride: number, scale: number): number | null {
  const sample = (column: number, row: number): number => {
    const x = Math.floor((column + 0.5) * BLOCK_PX * scale);
    const y = Math.floor((row + 0.5) * BLOCK_PX * scale);
    return (luma[y * stride + x] ?? MIDDLE) - MIDDLE;
  };
  let id = 0;
  for (let bit = 0; bit < ID_BITS; bit++) {
    const value = sample(bit, 0);
    const check = sample(bit, 1);
    if (Math.abs(value) < MIN_CONTRAST || Math.abs(check) < MIN_CONTRAST || value > 0 === check > 0) return null;
    id = id * 2 + (value > 0 ? 1 : 0);
  }
  return id;
}
