import { createHmac, timingSafeEqual } from 'node:crypto';
import { TenantKeys } from '../../auth/TenantKeys.ts';

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

/**
 * Permissions that need no memory: each is signed (HMAC-SHA-256) with a key of its tenant, so that every node of a cluster can make
 * and check them.
 */
export class AttachmentSigner {
  readonly #keys: TenantKeys;

  constructor(apiKeys: Readonly<Record<string, string>>) {
    this.#keys = new TenantKeys(apiKeys, 'chaxi attachments');
  }

  /** 43 characters of base64url. @throws TypeError where there is no such tenant */
  sign(permission: AttachmentPermission): string {
    return this.#digest(permission).toString('base64url');
  }

  /** Takes the same time for every wrong signature. False too for what has expired, and for a tenant whose key was taken away. */
  permits(permission: AttachmentPermission, signature: string): boolean {
    if (!this.#keys.has(permission.tenant)) return false;
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#digest(permission);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    return Date.now() / 1_000 <= permission.expires + CLOCK_TOLERANCE_SECONDS;
  }

  #digest({ tenant, attachmentId, use, expires }: AttachmentPermission): Buffer {
    return createHmac('sha256', this.#keys.of(tenant))
      .update(JSON.stringify([use, attachmentId, expires]))
      .digest();
  }
}
