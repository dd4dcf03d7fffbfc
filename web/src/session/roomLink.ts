import type { Grants, Role } from '../../../client-sdk/src/index.ts';

/** What a link to a room carries in its fragment, which no server and no log sees. */
export interface RoomLink {
  token: string;
  /** Address of the server where it is not the page's own. */
  url: string | null;
  lang: string | null;
}

/** Reads `#token=…&url=…&lang=…`. */
export function readRoomLink(fragment: string): RoomLink {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  return { token: fields.get('token') ?? '', url: fields.get('url'), lang: fields.get('lang') };
}

/** The page where one keeps one's notes of a room. The token stays in the fragment there as well. */
export function notesPageLink({ url, token, lang }: { url: string; token: string; lang: string }): string {
  return new URL(`/notes#${new URLSearchParams({ token, lang })}`, url).href;
}

/** The address of a room's page, for the server of this or of another origin. */
export function roomPageLink({ token, url, lang }: { token: string; url: string; lang: string }): string {
  const fields = new URLSearchParams({ token, lang });
  if (url !== location.origin) fields.set('url', url);
  return `${location.origin}/room#${fields}`;
}

/** What a token says of itself. Only to show something before the server has answered: nothing is decided by it. */
export interface TokenPeek {
  room: string;
  name: string;
  role: Role | null;
  /** Whether anything may be published, as far as the token tells. */
  publishes: boolean;
}

/** Null where it is not a readable JWT; the server will say what is wrong with it. */
export function peekToken(token: string): TokenPeek | null {
  try {
    const claims: unknown = JSON.parse(decodeBase64Url(token.split('.')[1] ?? ''));
    if (typeof claims !== 'object' || claims === null) return null;
    const { room, name, sub, role, grants } = claims as Record<string, unknown>;
    const knownRole = isRole(role) ? role : null;
    return {
      room: typeof room === 'string' ? room : '',
      name: typeof name === 'string' ? name : typeof sub === 'string' ? sub : '',
      role: knownRole,
      publishes: publishCount(grants) ?? knownRole !== 'observer',
    };
  } catch {
    return null;
  }
}

function publishCount(grants: unknown): boolean | undefined {
  const publish = (grants as Partial<Grants> | undefined | null)?.publish;
  return Array.isArray(publish) ? publish.length > 0 : undefined;
}

function isRole(value: unknown): value is Role {
  return value === 'host' || value === 'guest' || value === 'expert' || value === 'observer';
}

function decodeBase64Url(text: string): string {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
