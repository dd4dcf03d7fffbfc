import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** For each tenant a key of its own for one purpose, which comes of its API secret by HKDF (RFC 5869): every node of a cluster has the same. */
export class TenantKeys {
  readonly #apiKeys: Readonly<Record<string, string>>;
  readonly #purpose: string;
  readonly #keys = new Map<string, Buffer>();

  constructor(apiKeys: Readonly<Record<string, string>>, purpose: string) {
    this.#apiKeys = apiKeys;
    this.#purpose = purpose;
  }

  get tenants(): string[] {
    return Object.keys(this.#apiKeys);
  }

  has(tenant: string): boolean {
    return Object.hasOwn(this.#apiKeys, tenant);
  }

  /** @throws TypeError where there is no such tenant */
  of(tenant: string): Buffer {
    let key = this.#keys.get(tenant);
    if (!key) {
      if (!this.has(tenant)) throw new TypeError('there is no such API key');
      key = Buffer.from(hkdfSync('sha256', this.#apiKeys[tenant]!, '', this.#purpose, KEY_BYTES));
      this.#keys.set(tenant, key);
    }
    return key;
  }
}
