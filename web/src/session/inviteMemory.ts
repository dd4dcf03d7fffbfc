/** What this browser remembers of invitations. */
interface Kept {
  /** The secret by which the server knows this browser again. */
  device: string;
  /** Ids of those by which someone has gone in, the latest first. */
  entered: readonly string[];
}

const KEY = 'chaxi-invites';
const SECRET_BYTES = 24;
const ENTERED_AT_MOST = 50;

export function parseKept(text: string | null): Partial<Kept> {
  try {
    const { device, entered } = JSON.parse(text ?? '{}') as Record<string, unknown>;
    return {
      ...(typeof device === 'string' && /^[A-Za-z0-9_-]{22,64}$/.test(device) ? { device } : {}),
      ...(Array.isArray(entered) ? { entered: entered.filter((id) => typeof id === 'string') } : {}),
    };
  } catch {
    return {};
  }
}

/**
 * This browser, as invitations know it. One that keeps nothing (private mode, blocked storage) is another one after each reload, and uses
 * up an invitation each time.
 */
export class InviteMemory {
  #kept: Kept;

  constructor() {
    const { device, entered = [] } = this.#load();
    this.#kept = { device: device ?? makeSecret(), entered };
    if (device === undefined) this.#save();
  }

  get device(): string {
    return this.#kept.device;
  }

  /** Someone has gone in by it from this browser: they need not be asked again. */
  hasEntered(inviteId: string): boolean {
    return this.#kept.entered.includes(inviteId);
  }

  noteEntered(inviteId: string): void {
    const others = this.#kept.entered.filter((id) => id !== inviteId);
    this.#kept = { ...this.#kept, entered: [inviteId, ...others].slice(0, ENTERED_AT_MOST) };
    this.#save();
  }

  #load(): Partial<Kept> {
    try {
      return parseKept(localStorage.getItem(KEY));
    } catch {
      return {};
    }
  }

  #save(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // Nothing to do: it holds for this page.
    }
  }
}

function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
