import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a signature permits: to send the file, to have it, or to have its preview. */
export type AttachmentUse = 'upload' | 'file' | 'preview';

export interface AttachmentPermission {
  tenant: string;
  attachmentId: string;
  use: AttachmentUse;
  /** Seconds since 1970. */
  expires: number;
}

/** The clocks of two nodes may differ by this. */
const CLOCK_TOLERANCE_SECONDS = 5;
const KEY_BYTES = 32;

/**
 * Permissions that need no memory: each is signed (HMAC-SHA-256) with a key that comes of its tenant's API secret by HKDF
 * (RFC 5869), so that every node of a cluster can make and check them.
 */
export class AttachmentSigner {
  readonly #apiKeys: Readonly<Record<string, string>>;
  /** By tenant. */
  readonly #keys = new Map<string, Buffer>();

  constructor(apiKeys: Readonly<Record<string, string>>) {
    this.#apiKeys = apiKeys;
  }

  /** 43 characters of base64url. @throws TypeError where there is no such tenant */
  sign(permission: AttachmentPermission): string {
    return this.#digest(permission).toString('base64url');
  }

  /** Takes the same time for every wrong signature. False too for what has expired, and for a tenant whose key was taken away. */
  permits(permission: AttachmentPermission, signature: string): boolean {
    if (!Object.hasOwn(this.#apiKeys, permission.tenant)) return false;
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#digest(permission);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    return Date.now() / 1_000 <= permission.expires + CLOCK_TOLERANCE_SECONDS;
  }

  #digest({ tenant, attachmentId, use, expires }: AttachmentPermission): Buffer {
    return createHmac('sha256', this.#keyOf(tenant))
      .update(JSON.stringify([use, attachmentId, expires]))
      .digest();
  }

  #keyOf(tenant: string): Buffer {
    let key = this.#keys.get(tenant);
    if (!key) {
      const secret = this.#apiKeys[tenant];
      if (secret === undefined) throw new TypeError('there is no such API key');
      key = Buffer.from(hkdfSync('sha256', secret, '', 'chaxi attachments', KEY_BYTES));
      this.#keys.set(tenant, key);
    }
    return key;
  }
}
