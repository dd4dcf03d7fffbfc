import type { Person } from '../Person.ts';
import { channels, type PersonKey } from './channels.ts';

/** What is needed of a socket. */
export interface PersonSocket {
  join(channel: string): void;
  leave(channel: string): void;
}

export interface ConnectedPeopleOptions {
  /** Ids of all conversations of which someone is a member. */
  load: (person: Person) => Promise<readonly string[]>;
  /** The first device of someone came, or the last has gone. */
  changed: (person: Person, isConnected: boolean) => void;
}

interface Connected {
  person: Person;
  sockets: Set<PersonSocket>;
  /** Those that the sockets listen to. */
  conversations: Set<string>;
  /** Grows with each change of membership, so that one that comes while all are read is not lost. */
  version: number;
  /** Undefined while it is not known which conversations there are, and nobody asks. */
  loaded: Promise<void> | undefined;
}

/** The people who are connected to this node, and which conversations their sockets listen to. */
export class ConnectedPeople {
  readonly #options: ConnectedPeopleOptions;
  /** By the channel of the person. */
  readonly #people = new Map<string, Connected>();

  constructor(options: ConnectedPeopleOptions) {
    this.#options = options;
  }

  get people(): Person[] {
    return [...this.#people.values()].map(({ person }) => person);
  }

  /** How many devices someone has here. */
  socketsOf(person: PersonKey): number {
    return this.#people.get(channels.person(person))?.sockets.size ?? 0;
  }

  /** From now on the socket is told what is for this person. */
  connect(person: Person, socket: PersonSocket): void {
    const key = channels.person(person);
    const known = this.#people.get(key);
    const entry = known ?? { person, sockets: new Set(), conversations: new Set(), version: 0, loaded: undefined };
    this.#people.set(key, entry);
    entry.sockets.add(socket);
    socket.join(key);
    if (person.counter) socket.join(channels.counter(person.tenant));
    for (const conversationId of entry.conversations) socket.join(channels.conversation(conversationId));
    if (!known) this.#options.changed(person, true);
    // Where it fails now, the first request has it done again.
    this.ready(person).catch(() => {});
  }

  disconnect(person: Person, socket: PersonSocket): void {
    const key = channels.person(person);
    const entry = this.#people.get(key);
    if (!entry?.sockets.delete(socket) || entry.sockets.size > 0) return;
    this.#people.delete(key);
    this.#options.changed(person, false);
  }

  /** Resolves when the sockets of this person listen to all their conversations; what is asked before could miss some. Rejects where the store does. */
  ready(person: Person): Promise<void> {
    const entry = this.#people.get(channels.person(person));
    return entry ? (entry.loaded ??= this.#load(entry)) : Promise.resolve();
  }

  /** Whether someone who is connected here is a member, as far as is known; not before `ready`. */
  isMember(person: PersonKey, conversationId: string): boolean {
    return this.#people.get(channels.person(person))?.conversations.has(conversationId) ?? false;
  }

  joined(tenant: string, conversationId: string, identities: readonly string[]): void {
    this.#change(tenant, identities, (entry) => this.#listen(entry, conversationId));
  }

  left(tenant: string, conversationId: string, identities: readonly string[]): void {
    this.#change(tenant, identities, (entry) => this.#stopListening(entry, conversationId));
  }

  /** Everyone has left: the conversation is gone. */
  closed(conversationId: string): void {
    for (const entry of this.#people.values()) {
      entry.version += 1;
      this.#stopListening(entry, conversationId);
    }
  }

  /** Reads anew of which conversations someone is a member, since changes may have been missed. */
  reload(person: Person): Promise<void> {
    const entry = this.#people.get(channels.person(person));
    if (!entry) return Promise.resolve();
    entry.version += 1;
    return (entry.loaded = this.#load(entry));
  }

  async #load(entry: Connected): Promise<void> {
    try {
      let version: number;
      let found: ReadonlySet<string>;
      do {
        version = entry.version;
        found = new Set(await this.#options.load(entry.person));
      } while (version !== entry.version);
      for (const conversationId of entry.conversations) {
        if (!found.has(conversationId)) this.#stopListening(entry, conversationId);
      }
      for (const conversationId of found) this.#listen(entry, conversationId);
    } catch (error) {
      // Whoever asks next has it read again.
      entry.loaded = undefined;
      throw error;
    }
  }

  #change(tenant: string, identities: readonly string[], change: (entry: Connected) => void): void {
    for (const identity of identities) {
      const entry = this.#people.get(channels.person({ tenant, identity }));
      if (!entry) continue;
      entry.version += 1;
      change(entry);
    }
  }

  #listen({ sockets, conversations }: Connected, conversationId: string): void {
    if (conversations.has(conversationId)) return;
    conversations.add(conversationId);
    for (const socket of sockets) socket.join(channels.conversation(conversationId));
  }

  #stopListening({ sockets, conversations }: Connected, conversationId: string): void {
    if (!conversations.delete(conversationId)) return;
    for (const socket of sockets) socket.leave(channels.conversation(conversationId));
  }
}
