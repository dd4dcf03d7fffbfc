/** Which of the messages are in the page: those from `start` to before `end`. */
export interface MessageWindow {
  start: number;
  end: number;
}

/** More elements than this make a phone slow. */
export const WINDOW_SIZE = 160;
/** By so many it moves: enough that one who scrolls does not come to its edge at once. */
export const WINDOW_STEP = 50;

export function lastWindow(count: number): MessageWindow {
  return { start: Math.max(0, count - WINDOW_SIZE), end: count };
}

/** Towards older (-1) or newer messages (1). */
export function moveWindow({ start, end }: MessageWindow, by: -1 | 1, count: number): MessageWindow {
  if (by === -1) {
    const moved = Math.max(0, start - WINDOW_STEP);
    return { start: moved, end: Math.min(end, moved + WINDOW_SIZE) };
  }
  const moved = Math.min(count, end + WINDOW_STEP);
  return { start: Math.max(start, moved - WINDOW_SIZE), end: moved };
}

/** So that this message is in it. */
export function windowAround(place: number, count: number): MessageWindow {
  const start = Math.max(0, Math.min(place - WINDOW_SIZE / 2, count - WINDOW_SIZE));
  return { start, end: Math.min(count, start + WINDOW_SIZE) };
}

/**
 * After messages came or went: who was at the end stays there; else what was shown stays, wherever it is now.
 *
 * @param older how many came before the first
 */
export function followWindow(
  window: MessageWindow,
  { older, before, count }: { older: number; before: number; count: number },
): MessageWindow {
  if (window.end === before) return { start: Math.max(window.start + older, count - WINDOW_SIZE, 0), end: count };
  return { start: Math.min(window.start + older, count), end: Math.min(window.end + older, count) };
}
