/** For the `style` property: a `style` attribute would be stopped by the Content-Security-Policy. */
export function toStyle(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}
