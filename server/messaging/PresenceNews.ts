import type { Logger } from '../base/logger.ts';
import type { ConversationStore } from '../storage/messages/ConversationStore.ts';
import type { Fanout } from './Fanout.ts';
import { audienceOf } from './audience.ts';
import { channels, type PersonKey } from './people/channels.ts';

/** So long changes are collected: when a network breaks or is back, many come and go at once. */
const COLLECT_MS = 50;

/** People in one question to the database. */
const PEOPLE_AT_ONCE = 200;

export interface PresenceNewsOptions {
  store: Pick<ConversationStore, 'listedWith'>;
  fanout: Pick<Fanout, 'tellHere'>;
  logger: Logger;
}

interface Change {
  person: PersonKey;
  isOnline: boolean;
}

/** Tells the sockets of this node who of their conversations comes and goes, on whatever node; each node does so by itself. */
export class PresenceNews {
  readonly #options: PresenceNewsOptions;
  /** By the channel of the person. */
  readonly #waiting = new Map<string, Change>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PresenceNewsOptions) {
    this.#options = options;
  }

  add(person: PersonKey, isOnline: boolean): void {
    this.#waiting.set(channels.person(person), { person, isOnline });
    this.#timer ??= setTimeout(() => void this.#flush(), COLLECT_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #flush(): Promise<void> {
    const changes = [...this.#waiting];
    this.#waiting.clear();
    this.#timer = undefined;
    for (let first = 0; first < changes.length; first += PEOPLE_AT_ONCE) {
      const some = changes.slice(first, first + PEOPLE_AT_ONCE);
      // What is not told now is told to who opens a conversation next.
      await this.#tell(some).catch((error: unknown) => this.#options.logger.debug('presence is not told', { error }));
    }
  }

  async #tell(changes: readonly [string, Change][]): Promise<void> {
    const { store, fanout } = this.#options;
    const found = await store.listedWith(changes.map(([, { person }]) => person));
    const places = Map.groupBy(found, channels.person);
    for (const [channel, { person, isOnline }] of changes) {
      const to = (places.get(channel) ?? []).flatMap((conversation) => audienceOf(person.tenant, conversation));
      if (to.length === 0) continue;
      fanout.tellHere([...new Set(to)], 'presence', { identity: person.identity, online: isOnline });
    }
  }
}
