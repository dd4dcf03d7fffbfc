import type { Role } from '../../../client-sdk/src/index.ts';

export interface DemoLink {
  role: Role;
  url: string;
}

const roles: readonly unknown[] = ['host', 'guest', 'expert', 'observer'] satisfies Role[];

/** Parses the body of `GET /demo.json`; what does not look like a link to a room is left out. */
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
