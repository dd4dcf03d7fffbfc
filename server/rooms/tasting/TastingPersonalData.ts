import type { PersonalRecord } from '../../../protocol/rest.ts';
import type { TastingNoteStore } from '../../storage/tasting/TastingNoteStore.ts';
import type { TastingDesk } from './TastingDesk.ts';

export interface TastingPersonalDataOptions {
  notes: TastingNoteStore;
  desk: Pick<TastingDesk, 'tellForgotten'>;
}

/** The tasting notes of a person, in all rooms: to tell them, and to forget them. */
export class TastingPersonalData {
  readonly #options: TastingPersonalDataOptions;

  constructor(options: TastingPersonalDataOptions) {
    this.#options = options;
  }

  /** @throws storageUnavailable */
  async *export(tenant: string, identity: string): AsyncGenerator<PersonalRecord> {
    const { notes } = this.#options;
    const next = (after?: { room: string; teaId: string }) => notes.listOfPerson(tenant, identity, after);
    for (let page = await next(); page.length > 0;) {
      for (const { room, note } of page) yield { type: 'note', room, note };
      const { room, note } = page.at(-1)!;
      page = await next({ room, teaId: note.teaId });
    }
  }

  /** Those who see such a note hear that it is gone. @throws storageUnavailable */
  async forget(tenant: string, identity: string): Promise<void> {
    const { notes, desk } = this.#options;
    desk.tellForgotten(tenant, identity, await notes.removeOfPerson(tenant, identity));
  }
}
