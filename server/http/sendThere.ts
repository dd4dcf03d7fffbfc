import type { Response } from 'express';

/**
 * Nodes reach each other by Redis and media ports alone, browsers reach each by its own address: so they get a file there, with
 * the method and range that they asked for. They may keep this for as long as a node takes to be replaced at another address.
 */
export function sendThere(response: Response, url: string): void {
  // Without it a page of another origin that shows the file would not follow.
  response.set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Cache-Control': 'private, max-age=60' });
  response.redirect(307, url);
}
