import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import type { z } from 'zod';
import {
  accessTokenClaimsSchema,
  messagingClaimsSchema,
  type AccessTokenClaims,
  type MessagingClaims,
} from '../../protocol/accessToken.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Grants, Role } from '../../protocol/grants.ts';
import { parseInput } from '../base/parseInput.ts';

const CLOCK_TOLERANCE_SECONDS = 5;
const DEFAULT_TTL_SECONDS = 3_600;

export interface AccessTokenOptions {
  apiKey: string;
  apiSecret: string;
  /** Name of the room; left out, the token is good for messages alone. */
  room?: string;
  /** The person, as the shop knows them. */
  identity: string;
  role: Role;
  /** Name that others see; the identity where it is missing. */
  name?: string;
  metadata?: string;
  /** Replaces single grants of the role. */
  grants?: Partial<Grants>;
  /** Stands at the shop's counter. */
  counter?: boolean;
  /** The invitation that it is made for. */
  invite?: string;
  /** Seconds until the token expires. Default 3600. It only has to be valid when the room is joined. */
  ttlSeconds?: number;
}

export interface VerifiedToken<C = AccessTokenClaims> {
  /** The API key: rooms of one key are never seen by another. */
  tenant: string;
  claims: C;
}

type GivenToken = string | null | undefined;
type ApiKeys = Readonly<Record<string, string>>;

/**
 * Makes an access token; for the backend of a shop.
 * @throws ChaxiError `badRequest` with the path of the bad field.
 */
export async function createAccessToken(options: AccessTokenOptions): Promise<string> {
  const { apiKey, apiSecret, room, identity, role, name, metadata, grants } = options;
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const { counter, ...claims } = parseInput(messagingClaimsSchema, {
    iss: apiKey,
    sub: identity,
    exp: nowSeconds + (options.ttlSeconds ?? DEFAULT_TTL_SECONDS),
    room,
    role,
    name,
    metadata,
    grants,
    counter: options.counter,
    invite: options.invite,
  });
  return new SignJWT({ ...claims, ...(counter ? { counter } : {}) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(nowSeconds)
    .sign(secretBytes(apiSecret));
}

/**
 * Checks signature, time and claims of a token for a room. Whatever is wrong with a signature reads the same: `tokenInvalid`.
 * @throws ChaxiError `tokenMissing`, `tokenInvalid` or `tokenExpired`.
 */
export function verifyAccessToken(token: GivenToken, apiKeys: ApiKeys): Promise<VerifiedToken> {
  return verify(token, apiKeys, accessTokenClaimsSchema);
}

/** The same for messages, which need no room in it. @throws ChaxiError `tokenMissing`, `tokenInvalid` or `tokenExpired`. */
export function verifyMessagingToken(token: GivenToken, apiKeys: ApiKeys): Promise<VerifiedToken<MessagingClaims>> {
  return verify(token, apiKeys, messagingClaimsSchema);
}

async function verify<C>(token: GivenToken, apiKeys: ApiKeys, schema: z.ZodType<C>): Promise<VerifiedToken<C>> {
  if (token === null || token === undefined || token === '') {
    throw new ChaxiError('tokenMissing');
  }
  try {
    const tenant = decodeJwt(token).iss;
    if (tenant === undefined || !Object.hasOwn(apiKeys, tenant)) {
      throw new ChaxiError('tokenInvalid');
    }
    const { payload, protectedHeader } = await jwtVerify(token, secretBytes(apiKeys[tenant]!), {
      algorithms: ['HS256'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    // RFC 7519 section 5.1: typ may be missing; a token that says it is something else is not ours (RFC 8725 section 3.11).
    if (protectedHeader.typ !== undefined && protectedHeader.typ.toUpperCase() !== 'JWT') {
      throw new ChaxiError('tokenInvalid');
    }
    return { tenant, claims: schema.parse(payload) };
  } catch (error) {
    throw new ChaxiError(error instanceof errors.JWTExpired ? 'tokenExpired' : 'tokenInvalid', { cause: error });
  }
}

function secretBytes(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}
