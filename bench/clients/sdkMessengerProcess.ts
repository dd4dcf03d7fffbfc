import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates, setDefaultCACertificates } from 'node:tls';
import { ChaxiMessenger, type ChatMessage, type Conversation } from '../../client-sdk/src/messaging/index.ts';
import { serve } from '../lib/childService.ts';
import { monotonicMs } from '../lib/monotonicMs.ts';
import { round } from '../lib/stats.ts';

export interface SdkPerson {
  identity: string;
  /** Of the node that is asked first. */
  url: string;
  token: string;
  conversationId: string;
  /** Messages that this person writes, 0 for one who only reads. */
  writes: number;
}

/** Messages as columns: one who wrote it, its number by that person, and its place. */
export interface MessageList {
  writers: string[];
  numbers: number[];
  seqs: number[];
}

/** What one person has done and seen; times by the clock of the machine. */
export interface SdkReport {
  identity: string;
  conversationId: string;
  /** Own messages that the server has acknowledged. */
  acknowledged: MessageList;
  /** From writing to the acknowledgement, of each of them. */
  acknowledgedMs: number[];
  /** All of the conversation as it is shown at the end. */
  shown: MessageList;
  /** Of messages of others in the order in which they came, with when each did and how long after it was written. */
  came: MessageList;
  cameAtMs: number[];
  deliveredMs: number[];
}

/** How far all of this process are. */
export interface SdkProgress {
  acknowledged: number;
  /** Own messages that were refused for good. */
  failed: number;
  /** Stored messages that are shown, of all people together. */
  shown: number;
}

class Person {
  readonly #person: SdkPerson;
  readonly #messenger: ChaxiMessenger;
  readonly #report: SdkReport;
  #conversation: Conversation | undefined;
  failed = 0;

  constructor(person: SdkPerson) {
    const { identity, conversationId, url, token } = person;
    this.#person = person;
    const said = () => undefined;
    this.#messenger = new ChaxiMessenger({
      ...{ url, token, storage: 'memory' },
      logger: { debug: said, info: said, warn: said, error: said },
    });
    const list = (): MessageList => ({ writers: [], numbers: [], seqs: [] });
    this.#report = {
      ...{ identity, conversationId, acknowledged: list(), acknowledgedMs: [], shown: list() },
      ...{ came: list(), cameAtMs: [], deliveredMs: [] },
    };
  }

  async open(): Promise<void> {
    await this.#messenger.connect();
    const conversation = await this.#messenger.open(this.#person.conversationId);
    while (conversation.hasOlder) await conversation.loadOlder();
    conversation.on('messageAdded', (message) => this.#take(message));
    this.#conversation = conversation;
  }

  get progress(): SdkProgress {
    const { failed } = this;
    return { acknowledged: this.#report.acknowledgedMs.length, failed, shown: this.#shown.length };
  }

  async write(everyMs: number, startMs: number): Promise<void> {
    for (let number = 1; number <= this.#person.writes; number++) {
      const waitMs = startMs + number * everyMs - monotonicMs();
      if (waitMs > 0) await sleep(waitMs);
      const writtenMs = monotonicMs();
      const conversation = this.#conversation!;
      const written = await conversation.sendText(`${number} ${writtenMs}`);
      conversation.whenStored(written).then(
        (stored) => {
          add(this.#report.acknowledged, stored);
          this.#report.acknowledgedMs.push(round(monotonicMs() - writtenMs));
        },
        () => (this.failed += 1),
      );
    }
  }

  report(): SdkReport {
    for (const message of this.#shown) add(this.#report.shown, message);
    return this.#report;
  }

  close(): void {
    this.#messenger.close();
  }

  get #shown(): readonly ChatMessage[] {
    return this.#conversation?.messages.filter(({ seq }) => seq !== null) ?? [];
  }

  #take(message: ChatMessage): void {
    if (message.isOwn) return;
    const nowMs = monotonicMs();
    add(this.#report.came, message);
    this.#report.cameAtMs.push(nowMs);
    this.#report.deliveredMs.push(round(nowMs - numbersOf(message)[1]!));
  }
}

function add(list: MessageList, message: ChatMessage): void {
  list.writers.push(message.from.identity);
  list.numbers.push(numbersOf(message)[0]!);
  list.seqs.push(message.seq!);
}

/** Its number, and when it was written. */
function numbersOf({ content }: ChatMessage): number[] {
  return content?.type === 'text' ? content.text.split(' ').map(Number) : [];
}

let people: Person[] = [];

const methods = {
  /** Resolves when each has its conversation open. */
  async open({ certFile, people: asked }: { certFile: string; people: SdkPerson[] }): Promise<void> {
    setDefaultCACertificates([...rootCertificates, readFileSync(certFile, 'utf8')]);
    people = asked.map((person) => new Person(person));
    await Promise.all(people.map((person) => person.open()));
  },
  /** Each writes one message after another at this pace, whatever becomes of those before. Resolves when all are written. */
  async write({ everyMs, startMs }: { everyMs: number; startMs: number }): Promise<void> {
    await Promise.all(
      people.map((person, index) => person.write(everyMs, startMs + (index * everyMs) / people.length)),
    );
  },
  progress(): SdkProgress {
    const all = people.map(({ progress }) => progress);
    const sum = (name: keyof SdkProgress) => all.reduce((count, one) => count + one[name], 0);
    return { acknowledged: sum('acknowledged'), failed: sum('failed'), shown: sum('shown') };
  },
  reports(): SdkReport[] {
    return people.map((person) => person.report());
  },
  closeAll(): void {
    for (const person of people) person.close();
    people = [];
  },
};

export type SdkMessengerMethods = typeof methods;

serve(methods);
