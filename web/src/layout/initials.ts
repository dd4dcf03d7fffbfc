/** What stands for a person without a picture: one Chinese character, or up to two letters. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = Array.from(words[0] ?? '')[0] ?? '';
  if (!/\p{Script=Latin}/u.test(first)) return first;
  const second = words.length > 1 ? (Array.from(words.at(-1) ?? '')[0] ?? '') : '';
  return (first + second).toUpperCase();
}
