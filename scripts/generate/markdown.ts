/** A table; a bar inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Text that begins a sentence. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Puts texts where a template has `{{name}}`. Each name must be given, and each given text used. */
export function fillTemplate(template: string, texts: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const filled = template.replaceAll(/\{\{(\w+)\}\}/g, (_match, name: string) => {
    const text = texts[name];
    if (text === undefined) {
      throw new TypeError(`the template asks for ${name}, which is not there`);
    }
    used.add(name);
    return text;
  });
  const unused = Object.keys(texts).filter((name) => !used.has(name));
  if (unused.length > 0) {
    throw new TypeError(`the template does not use ${unused.join(', ')}`);
  }
  return filled;
}
