const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for HTML and SVG, also inside attributes. */
export function escape(text: unknown): string {
  return String(text).replace(/[&<>"]/g, (character) => entities[character]!);
}
