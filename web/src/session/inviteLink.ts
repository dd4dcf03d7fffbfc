/** What the link of an invitation carries in its fragment: `#CODE`, perhaps with `&lang=…` behind it. */
export interface InviteLink {
  code: string;
  lang: string | null;
}

export function readInviteLink(fragment: string): InviteLink {
  const [code = '', ...rest] = fragment.replace(/^#/, '').split('&');
  return { code, lang: new URLSearchParams(rest.join('&')).get('lang') };
}

/** The part of a code that is no secret. */
export function inviteIdOf(code: string): string {
  return code.split('.')[0] ?? '';
}
