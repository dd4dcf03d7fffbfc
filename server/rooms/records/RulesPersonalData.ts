import type { PersonalRecord } from '../../../protocol/rest.ts';
import type { RoomRecordStore } from '../../storage/tasting/RoomRecordStore.ts';
import { withoutPerson } from '../hostingPolicy.ts';
import type { RecordDesk } from './RecordDesk.ts';
import { rulesSchema, type Rules } from './rulesPart.ts';

export interface RulesPersonalDataOptions {
  store: Pick<RoomRecordStore, 'listPart'>;
  desk: Pick<RecordDesk, 'read'>;
}

/** What the rules of rooms say of a person: that they may not come any more, and whom they got the role of the host from or gave it to. */
export class RulesPersonalData {
  readonly #options: RulesPersonalDataOptions;

  constructor(options: RulesPersonalDataOptions) {
    this.#options = options;
  }

  /** @throws storageUnavailable */
  async *export(tenant: string, identity: string): AsyncGenerator<PersonalRecord> {
    for await (const { room, rules } of this.#rules(tenant)) {
      for (const ban of rules.bans) if (ban.identity === identity) yield { type: 'ban', room, ban };
      for (const { from, to, toName } of rules.handOvers) {
        if (from === identity || to === identity) yield { type: 'handOver', room, handOver: { from, to, toName } };
      }
    }
  }

  /** A ban holds: of it the identity stays, and the name goes. @throws storageUnavailable */
  async forget(tenant: string, identity: string): Promise<void> {
    for await (const { room, rules } of this.#rules(tenant)) {
      if (forgetIn(rules, identity) === rules) continue;
      const records = await this.#options.desk.read({ tenant, room });
      await records.rules.update((present) => forgetIn(present, identity));
    }
  }

  /** Of all rooms; those that a later version wrote, and this one does not understand, are passed over. */
  async *#rules(tenant: string): AsyncGenerator<{ room: string; rules: Rules }> {
    const next = (after?: string) => this.#options.store.listPart(tenant, 'rules', after);
    for (let page = await next(); page.length > 0; page = await next(page.at(-1)!.room)) {
      for (const { room, value } of page) {
        const { data: rules } = rulesSchema.safeParse(value);
        if (rules) yield { room, rules };
      }
    }
  }
}

/** The same where they say nothing of the person. */
function forgetIn(rules: Rules, identity: string): Rules {
  const handOvers = withoutPerson(rules.handOvers, identity);
  const isNamed = rules.bans.some((ban) => ban.identity === identity && ban.name !== identity);
  if (!isNamed && handOvers === rules.handOvers) return rules;
  const bans = rules.bans.map((ban) => (ban.identity === identity ? { ...ban, name: identity } : ban));
  return { ...rules, bans, handOvers };
}
