import { createHmac } from 'node:crypto';
import type { Config } from '../../config/schema.ts';
import type { MediaInfo } from '../../protocol/signaling.ts';

/**
 * The STUN and TURN servers that one participant is told of. A TURN server with a shared secret takes a name that begins
 * with the second (since 1970) until which it is good, and as password the HMAC-SHA-1 of the name: the scheme of
 * draft-uberti-behave-turn-rest-00, which coturn calls `use-auth-secret`.
 */
export function iceServersFor(
  participantId: string,
  { iceServers, turn }: Pick<Config['media'], 'iceServers' | 'turn'>,
  nowMs: number,
): MediaInfo['iceServers'] {
  if (turn.urls.length === 0 || turn.secret === null) return iceServers;
  const username = `${Math.floor(nowMs / 1_000) + turn.ttlSeconds}:${participantId}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return [...iceServers, { urls: turn.urls, username, credential }];
}
