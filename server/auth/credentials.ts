import { createHash, timingSafeEqual } from 'node:crypto';
import { ChaxiError } from '../../protocol/ChaxiError.ts';

/**
 * The tenant (API key) behind `Authorization: Basic base64(key:secret)` (RFC 7617). Takes the same time whether the key
 * or the secret is wrong.
 * @throws ChaxiError `credentialsInvalid`
 */
export function verifyCredentials(
  authorization: string | undefined,
  apiKeys: Readonly<Record<string, string>>,
): string {
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1];
  const decoded = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  const key = decoded.slice(0, Math.max(colon, 0));
  const known = Object.hasOwn(apiKeys, key);
  const expected = known ? apiKeys[key]! : '';
  const equal = timingSafeEqual(digest(decoded.slice(colon + 1)), digest(expected));
  if (!known || !equal) {
    throw new ChaxiError('credentialsInvalid');
  }
  return key;
}

/** Equal lengths, whatever was given, as timingSafeEqual needs them. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
