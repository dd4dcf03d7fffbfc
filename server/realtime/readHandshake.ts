import type { MessagingClaims } from '../../protocol/accessToken.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { MemberRole } from '../../protocol/conversations.ts';
import { resolveGrants } from '../../protocol/grants.ts';
import { realtimeAuthSchema } from '../../protocol/realtime.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { verifyMessagingToken } from '../auth/accessToken.ts';
import { parseInput } from '../base/parseInput.ts';
import type { Person, RoomPass } from '../messaging/Person.ts';

/** On whose behalf a socket asks. */
export interface Caller {
  person: Person;
  /** Undefined where the token is for no room. */
  pass: RoomPass | undefined;
  /** When the token ends, milliseconds since 1970. */
  expiresAt: number;
}

/**
 * Reads what socket.io calls `auth`: on whose behalf the socket asks, and what the token says of them.
 * @throws ChaxiError protocolVersion, badRequest, tokenMissing, tokenInvalid, tokenExpired
 */
export async function readHandshake(
  auth: unknown,
  apiKeys: Readonly<Record<string, string>>,
): Promise<{ caller: Caller; claims: MessagingClaims }> {
  // A page of another version may say it in another way.
  if ((auth as { v?: unknown } | null)?.v !== PROTOCOL_VERSION) throw new ChaxiError('protocolVersion', { path: 'v' });
  const { token } = parseInput(realtimeAuthSchema, auth, 'auth');
  const { tenant, claims } = await verifyMessagingToken(token, apiKeys);
  const { sub: identity, name = identity, room, counter, exp } = claims;
  const caller = {
    person: { tenant, identity, name, counter },
    pass: room === undefined ? undefined : { room, role: roleInRoom(claims) },
    expiresAt: exp * 1_000,
  };
  return { caller, claims };
}

/** Who is not seen in the room is not heard in its conversation either. */
function roleInRoom({ role, grants }: MessagingClaims): MemberRole {
  if (resolveGrants(role, grants).hidden) return 'observer';
  return role === 'host' ? 'host' : 'member';
}
