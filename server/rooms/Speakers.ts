import { receptionOf } from './hearingPolicy.ts';
import type { Member } from './Member.ts';
import type { Participant } from './Participant.ts';

export interface SpeakersOptions {
  /** Of this node: they are told. */
  sessions: () => Iterable<Participant>;
  find: (participantId: string) => Member | undefined;
  /** Those of other nodes who are heard. */
  remote: () => readonly string[];
}

/** Who is heard in one room now, the loudest first, as far as each listener hears them. */
export class Speakers {
  readonly #options: SpeakersOptions;
  #own: readonly string[] = [];
  readonly #told = new WeakMap<Participant, string>();

  constructor(options: SpeakersOptions) {
    this.#options = options;
  }

  /** Of this node. */
  setOwn(participantIds: readonly string[]): void {
    this.#own = participantIds;
    this.tell();
  }

  /** Tells each to whom something is new. */
  tell(): void {
    const { sessions, remote } = this.#options;
    const all = [...this.#own, ...remote()];
    for (const listener of sessions()) {
      if (!listener.inside) continue;
      const participantIds = all.filter((participantId) => this.#isHeard(participantId, listener));
      const told = participantIds.join();
      if (told === (this.#told.get(listener) ?? '')) continue;
      this.#told.set(listener, told);
      listener.notify('activeSpeakers', { participantIds });
    }
  }

  #isHeard(participantId: string, listener: Participant): boolean {
    if (participantId === listener.id) return true;
    const speaker = this.#options.find(participantId);
    return speaker !== undefined && receptionOf(speaker, 'microphone', listener.id) === 'open';
  }
}
