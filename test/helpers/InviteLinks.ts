import type { Invite, RedeemedInvite, RedeemInvite } from '../../protocol/invites.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import type { TestServer } from './testServer.ts';

/** A device that has opened nothing yet. */
export function newDevice(): string {
  return `device-${crypto.randomUUID()}`;
}

export function codeOfInvite({ path }: Pick<Invite, 'path'>): string {
  return path.split('#')[1]!;
}

/** Opens invitations by HTTP as a page does. */
export class InviteLinks {
  readonly #node: () => Pick<TestServer, 'url'>;

  constructor(node: () => Pick<TestServer, 'url'>) {
    this.#node = node;
  }

  async open(invite: Pick<Invite, 'path'>, asked: Partial<RedeemInvite> = {}): Promise<RedeemedInvite> {
    const response = await this.post({ code: codeOfInvite(invite), device: newDevice(), ...asked });
    const body = (await response.json()) as RedeemedInvite;
    if (!response.ok) throw new Error(`not opened: ${JSON.stringify(body)}`);
    return body;
  }

  /** What opening is refused with, with its status. */
  async refusalOf(invite: Pick<Invite, 'path'>, asked: Partial<RedeemInvite> = {}): Promise<string> {
    const response = await this.post({ code: codeOfInvite(invite), device: newDevice(), ...asked });
    const { error } = (await response.json()) as { error?: { code: ErrorCode } };
    return `${response.status} ${error?.code ?? 'no error'}`;
  }

  post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#node().url}/invites/redeem`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }
}
