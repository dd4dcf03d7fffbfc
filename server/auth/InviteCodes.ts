import { createHmac, timingSafeEqual } from 'node:crypto';
import { TenantKeys } from './TenantKeys.ts';

/** 128 bits: nobody finds one by trying. */
const SIGNATURE_BYTES = 16;

/** What a code says. */
export interface InviteAddress {
  /** API key. */
  tenant: string;
  inviteId: string;
}

/** The secrets in the links of invitations. Each is signed (HMAC-SHA-256), so that guesses are refused before anything is looked up. */
export class InviteCodes {
  readonly #keys: TenantKeys;

  constructor(apiKeys: Readonly<Record<string, string>>) {
    this.#keys = new TenantKeys(apiKeys, 'chaxi invitations');
  }

  /** @throws TypeError where there is no such tenant */
  make({ tenant, inviteId }: InviteAddress): string {
    return `${inviteId}.${this.#sign({ tenant, inviteId }).toString('base64url')}`;
  }

  /** Undefined for whatever was not made here, in the same time; and for a tenant whose key was taken away. */
  read(code: string): InviteAddress | undefined {
    const dot = code.indexOf('.');
    const inviteId = code.slice(0, Math.max(0, dot));
    const signature = code.slice(dot + 1);
    const given = Buffer.alloc(SIGNATURE_BYTES);
    given.write(signature, 'base64url');
    let found: InviteAddress | undefined;
    for (const tenant of this.#keys.tenants) {
      if (timingSafeEqual(given, this.#sign({ tenant, inviteId }))) found = { tenant, inviteId };
    }
    return found && this.make(found) === code ? found : undefined;
  }

  #sign({ tenant, inviteId }: InviteAddress): Buffer {
    const digest = createHmac('sha256', this.#keys.of(tenant))
      .update(JSON.stringify([tenant, inviteId]))
      .digest();
    return digest.subarray(0, SIGNATURE_BYTES);
  }
}
