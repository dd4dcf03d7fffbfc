import { linkify, type TextPart } from './linkify.ts';

export interface Mentionable {
  identity: string;
  name: string;
}

/** What is written after an @ just before the caret. */
export interface MentionQuery {
  /** Where the @ stands. */
  start: number;
  query: string;
}

/** Most letters of a name that are looked for. */
const LONGEST = 40;

/** Null where no one is being mentioned. In Chinese an @ follows a word without a space; in an address of mail it follows letters. */
export function mentionQuery(text: string, caret: number): MentionQuery | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const found = /(?:^|[^\p{Script=Latin}\p{N}])@([^\s@]*)$/u.exec(before);
  return found ? { start: caret - found[1]!.length - 1, query: found[1]! } : null;
}

/** Whose name begins with what is written first, then whose name has it. */
export function matchMembers<M extends Mentionable>(members: readonly M[], query: string, most: number): M[] {
  const wanted = query.toLowerCase();
  const place = ({ name }: M) => name.toLowerCase().indexOf(wanted);
  return members
    .filter((member) => place(member) !== -1)
    .sort((a, b) => Number(place(a) > 0) - Number(place(b) > 0) || a.name.localeCompare(b.name))
    .slice(0, most);
}

/** Identities of those whose name stands in the text after an @. */
export function mentionsIn(text: string, members: readonly Mentionable[]): string[] {
  const names = longestFirst(members);
  const found = new Set<string>();
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const member = names.find(({ name }) => text.startsWith(name, at + 1));
    if (member) found.add(member.identity);
  }
  return [...found];
}

/** A piece of a message's text: plain, a link, or a name that is meant. */
export interface MessagePart extends TextPart {
  mention?: Mentionable;
}

/** Splits a text into plain pieces, links and the names of those who are mentioned. All pieces together are the text. */
export function messageParts(text: string, mentioned: readonly Mentionable[]): MessagePart[] {
  const names = longestFirst(mentioned);
  return linkify(text).flatMap((part) => (part.href === undefined ? splitNames(part.text, names) : [part]));
}

function splitNames(text: string, names: readonly Mentionable[]): MessagePart[] {
  const parts: MessagePart[] = [];
  let done = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const mention = names.find(({ name }) => text.startsWith(name, at + 1));
    if (!mention || at < done) continue;
    if (at > done) parts.push({ text: text.slice(done, at) });
    done = at + 1 + mention.name.length;
    parts.push({ text: text.slice(at, done), mention });
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

/** So that “@Anna Li” is not taken for “@Anna”. */
function longestFirst(members: readonly Mentionable[]): Mentionable[] {
  return members.filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length);
}
