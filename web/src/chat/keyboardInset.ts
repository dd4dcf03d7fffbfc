/**
 * How much of what ends at `bottom` (CSS pixels from the upper edge of the layout viewport) lies under the keyboard. Browsers that make the page
 * itself lower have none of it. A page that is zoomed in is seen in part for another reason.
 */
export function keyboardInset(
  bottom: number,
  { offsetTop, height, scale }: { offsetTop: number; height: number; scale: number },
): number {
  return scale > 1.01 ? 0 : Math.max(0, Math.round(bottom - offsetTop - height));
}
