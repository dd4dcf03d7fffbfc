/** Blurs interleaved linear light with a Gaussian, rows first and columns after; the edge pixel goes on beyond the edge. */
export function blurPlanes(planes: Float32Array, width: number, height: number, sigma: number): void {
  const kernel = gaussian(sigma);
  const line = new Float32Array(Math.max(width, height));
  const pass = (start: number, step: number, length: number) => {
    for (let k = 0; k < length; k++) line[k] = planes[start + k * step]!;
    for (let k = 0; k < length; k++) {
      let sum = kernel[0]! * line[k]!;
      for (let away = 1; away < kernel.length; away++) {
        sum += kernel[away]! * (line[Math.max(0, k - away)]! + line[Math.min(length - 1, k + away)]!);
      }
      planes[start + k * step] = sum;
    }
  };
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) pass(y * width * 3 + channel, 3, width);
    for (let x = 0; x < width; x++) pass(x * 3 + channel, width * 3, height);
  }
}

/** @returns the middle of the curve and one of its sides; the whole of it sums to one */
function gaussian(sigma: number): number[] {
  const side = Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, away) => Math.exp(-(away ** 2) / (2 * sigma ** 2)));
  const sum = 2 * side.reduce((total, value) => total + value, 0) - side[0]!;
  return side.map((value) => value / sum);
}
