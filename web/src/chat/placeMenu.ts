interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const GAP = 4;
const EDGE = 8;

/** Below what it belongs to, or above where there is no room; always whole inside the window. In CSS pixels. */
export function placeMenu(
  anchor: Box,
  menu: { width: number; height: number },
  window: { width: number; height: number },
): { left: number; top: number } {
  const below = anchor.bottom + GAP;
  const top = below + menu.height + EDGE <= window.height ? below : anchor.top - GAP - menu.height;
  const left = anchor.left + menu.width + EDGE <= window.width ? anchor.left : anchor.right - menu.width;
  const inside = (at: number, size: number, all: number) => Math.max(EDGE, Math.min(at, all - size - EDGE));
  return { left: inside(left, menu.width, window.width), top: inside(top, menu.height, window.height) };
}
