import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What our pages need and nothing else: own scripts, sockets to and stills of any Chaxi server, media from devices. */
const contentSecurityPolicy = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:', 'http:', 'https:'],
  'media-src': ["'self'", 'blob:', 'mediastream:'],
  'connect-src': ["'self'", 'ws:', 'wss:', 'http:', 'https:'],
  'worker-src': ["'self'", 'blob:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'self'"],
};

const permissionsPolicy = [
  'autoplay=(self)',
  'camera=(self)',
  'display-capture=(self)',
  'fullscreen=(self)',
  'geolocation=()',
  'microphone=(self)',
  'payment=()',
  'picture-in-picture=(self)',
  'screen-wake-lock=(self)',
  'speaker-selection=(self)',
  'usb=()',
].join(', ');

/** Headers of every answer. `https`: whether this server speaks TLS itself or its public address does. */
export function securityHeaders(https: boolean): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
      strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      // The link of a room carries its token in the fragment, which no referrer has; the address stays private too.
      referrerPolicy: { policy: 'no-referrer' },
    }),
    (_request, response, next) => {
      response.set('Permissions-Policy', permissionsPolicy);
      next();
    },
  ];
}
