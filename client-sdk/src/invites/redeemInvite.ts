import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { RedeemedInvite, RedeemInvite } from '../../../protocol/invites.ts';
import { httpUrl } from '../signaling/httpUrl.ts';

export interface RedeemInviteOptions extends RedeemInvite {
  /** Address of the Chaxi server. */
  url: string;
}

/**
 * Opens an invitation. `device` is a secret that the browser makes once and keeps: the same one is the same person, and is counted once.
 * Where `token` is null the invitation is for whoever says a name: ask for it, and open it again with that.
 *
 * @throws ChaxiError inviteNotFound, inviteExpired, inviteRevoked, inviteUsedUp; serverUnreachable, rateLimited, storageUnavailable, which may pass
 */
export async function redeemInvite({ url, code, device, name }: RedeemInviteOptions): Promise<RedeemedInvite> {
  const response = await fetch(httpUrl(url, '/invites/redeem'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code, device, name }),
    credentials: 'omit',
    cache: 'no-store',
  }).catch((error: unknown) => {
    throw new ChaxiError('serverUnreachable', { cause: error });
  });
  const body = (await response.json().catch(() => null)) as (RedeemedInvite & { error?: unknown }) | null;
  if (!response.ok || body === null) throw ChaxiError.fromBody(body?.error);
  return body;
}
