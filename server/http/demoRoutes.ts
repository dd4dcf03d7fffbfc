import { BlockList } from 'node:net';
import { Router, type Request } from 'express';
import type { Role } from '../../protocol/grants.ts';

export interface DemoLink {
  /** Of a room, or one side of a conversation with the shop. */
  role: Role | 'counter' | 'customer';
  url: string;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** The links of the demo room carry tokens, so only this machine's own browser gets them. Mount in development only. */
export function demoRoutes(demoLinks: () => Promise<DemoLink[]>): Router {
  const router = Router();
  router.get('/demo.json', async (request, response, next) => {
    if (!isFromThisMachine(request)) {
      next();
      return;
    }
    response.set('Cache-Control', 'no-store').json({ links: await demoLinks() });
  });
  return router;
}

/**
 * The sender is this machine and no proxy, and the page was opened by a name of this machine: a foreign name that
 * points here is DNS rebinding.
 */
function isFromThisMachine(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const forwarded = request.get('X-Forwarded-For') ?? request.get('Forwarded');
  return (
    forwarded === undefined &&
    address !== '' &&
    loopback.check(address, family) &&
    /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(request.get('Host') ?? '')
  );
}
