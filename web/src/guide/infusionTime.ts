/** Seconds as tea people write them: 25″, 1′30″, 2′. */
export function markSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest}″`;
  return rest === 0 ? `${minutes}′` : `${minutes}′${rest}″`;
}

const WRITTEN = /^(?:(\d{1,3})\s*[:：'′])?\s*(\d{1,4})?\s*["″]?$/;

/** Reads `90`, `1:30`, `1′30″`, `2′`; null where it is no time. */
export function parseSeconds(text: string): number | null {
  const trimmed = text.trim();
  const [, minutes, seconds] = WRITTEN.exec(trimmed) ?? [];
  if (minutes === undefined && seconds === undefined) return null;
  if (minutes !== undefined && Number(seconds ?? 0) > 59) return null;
  return Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}
