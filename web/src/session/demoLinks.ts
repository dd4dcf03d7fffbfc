import type { Role } from '../../../client-sdk/src/index.ts';

/** Of the demo room, or one side of a conversation with its shop. */
export type DemoRole = Role | 'counter' | 'customer';

export interface DemoLink {
  role: DemoRole;
  url: string;
}

const roles: readonly unknown[] = ['host', 'guest', 'expert', 'observer', 'counter', 'customer'] satisfies DemoRole[];

/** Parses the body of `GET /demo.json`; what does not look like a link is left out. */
export function parseDemoLinks(body: unknown): DemoLink[] {
  const links = (body as { links?: unknown } | null)?.links;
  return Array.isArray(links) ? links.filter(isDemoLink) : [];
}

/** The links of the demo room; none outside development, where the server has no such address. */
export async function loadDemoLinks(): Promise<DemoLink[]> {
  try {
    const response = await fetch('/demo.json');
    return response.ok ? parseDemoLinks(await response.json()) : [];
  } catch {
    return [];
  }
}

function isDemoLink(value: unknown): value is DemoLink {
  const { role, url } = (value ?? {}) as Record<string, unknown>;
  return roles.includes(role) && typeof url === 'string' && /^(https?:\/)?\//.test(url);
}
