/** What is known of a request when its origin is judged. */
export interface OriginContext {
  /** The `Origin` header; undefined when no browser sent the request. */
  origin: string | undefined;
  /** The `Host` header (or what a trusted proxy says instead). */
  host: string | undefined;
  publicUrl: string | null;
  corsOrigins: readonly string[];
}

/**
 * Whether a page of this origin may use the server: the server's own pages, those of the configuration, and whatever is
 * not a browser. Used for WebSocket upgrades, which browsers do not guard, and for REST.
 */
export function isOriginAllowed({ origin, host, publicUrl, corsOrigins }: OriginContext): boolean {
  if (origin === undefined || corsOrigins.includes('*') || corsOrigins.includes(origin) || origin === publicUrl) {
    return true;
  }
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
