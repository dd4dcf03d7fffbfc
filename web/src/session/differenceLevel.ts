/** How a color difference looks to a person. */
export type DifferenceLevel = 'invisible' | 'slight' | 'visible' | 'strong';

/** `difference`: CIEDE2000. One is just visible side by side, 2.3 plainly; from 5 on another color name fits. */
export function differenceLevel(difference: number): DifferenceLevel {
  if (difference < 1) return 'invisible';
  if (difference < 2.3) return 'slight';
  return difference < 5 ? 'visible' : 'strong';
}
