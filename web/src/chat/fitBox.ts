const WIDEST = 280;
const HIGHEST = 320;
/** Lower or narrower it could not be touched. */
const SMALLEST = 72;

/** The box that a picture takes among messages, before it is there: as it is where it is small, else fitted. In CSS pixels. */
export function fitBox({ width, height }: { width: number | null; height: number | null }): {
  width: number;
  height: number;
} {
  if (!width || !height) return { width: 220, height: 165 };
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return {
    width: Math.max(SMALLEST, Math.round(width * scale)),
    height: Math.max(SMALLEST, Math.round(height * scale)),
  };
}
