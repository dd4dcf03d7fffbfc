/** A piece of a text; `href` where it is a link. */
export interface TextPart {
  text: string;
  href?: string;
}

/**
 * The characters of a URL (RFC 3986 section 2) and no others: an address ends where Chinese text goes on without a space, at
 * marks that turn the direction of writing, and before letters that only look Latin.
 */
const candidates = /https?:\/\/[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]+/gi;
/** What ends a sentence rather than an address. */
const trailing = /[.,;:!?'*~]+$/;

/** Splits a text into plain pieces and links. All pieces together are the text. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(candidates)) {
    const address = withoutTail(found);
    const href = safeAddress(address);
    if (href === null || isCut(text.slice(0, index), text.slice(index + found.length))) continue;
    if (index > done) parts.push({ text: text.slice(done, index) });
    parts.push({ text: address, href });
    done = index + address.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

/** In the middle of a word it is a part of something else; Chinese has no spaces around it. */
function isCut(before: string, after: string): boolean {
  return /[\p{Script=Latin}\p{N}]$/u.test(before) || /^(?!\p{Script=Han})[\p{L}\p{N}]/u.test(after);
}

/** Without the punctuation after it, and without a bracket that was opened before it. */
function withoutTail(found: string): string {
  for (let address = found; ;) {
    let shorter = address.replace(trailing, '');
    for (const [open, close] of ['()', '[]']) {
      if (shorter.endsWith(close!) && shorter.split(close!).length > shorter.split(open!).length) {
        shorter = shorter.slice(0, -1);
      }
    }
    if (shorter === address) return address;
    address = shorter;
  }
}

/**
 * Null where the address would not lead to where it seems to: a name before an @ that looks like the host, a host that is
 * written in another way than the browser reads it.
 */
function safeAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, hostname, username, password, href } = new URL(address);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  const shown = /^https?:\/\/([^/?#]*)/i
    .exec(address)?.[1]
    ?.toLowerCase()
    .replace(/:(80|443)$/, '');
  const isWhatItSeems = username === '' && password === '' && shown === host.replace(/:(80|443)$/, '');
  return isWeb && isWhatItSeems && hostname !== '' ? href : null;
}
