import { randomUUID } from 'node:crypto';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ConversationInfo, MemberInfo } from '../../../protocol/conversations.ts';
import type { Message } from '../../../protocol/messages.ts';
import type { Database } from '../schema.ts';
import type { StorageGuard } from '../StorageGuard.ts';
import { changeMessages, type Changed } from './changeMessages.ts';
import { conversationInfo } from './conversationInfo.ts';
import { messageOfRow } from './messageRow.ts';
import { memberInfo } from './putMembers.ts';
import { removeMember } from './removeMember.ts';
import type { AttachmentRow, MessageRow, Person } from './rows.ts';

/** One thing that is kept of a person. */
export type PersonalRecord =
  | { type: 'membership'; conversation: ConversationInfo; member: MemberInfo }
  | { type: 'message'; message: Message }
  | { type: 'attachment'; attachment: AttachmentRow };

/** One step of forgetting a person. */
export type Forgotten =
  | { type: 'membership'; conversationId: string; memberCount: number }
  | ({ type: 'messages' } & Changed)
  /** Files that were not sent. */
  | { type: 'attachments'; attachments: AttachmentRow[] };

/** Rows of one step, so that nobody waits long for it. */
const ROWS_AT_ONCE = 200;

/**
 * What is kept of a person: to tell it, and to forget it. It goes in steps, each a transaction of its own; a caller who stops after one may begin
 * again. Every step throws `storageUnavailable` where the database fails.
 */
export class PersonalData {
  readonly #database: Database;
  readonly #guard: StorageGuard;

  constructor(database: Database, guard: StorageGuard) {
    this.#database = database;
    this.#guard = guard;
  }

  /** Memberships, messages that they sent, and files that they uploaded. */
  async *export(person: Person): AsyncGenerator<PersonalRecord> {
    yield* this.#memberships(person);
    yield* this.#messages(person);
    yield* this.#attachments(person);
  }

  /**
   * Memberships end; what the person wrote is deleted for all, its sender a random name; mentions, reactions and files of theirs are gone,
   * and the shop's conversation with them is nobody's.
   *
   * @returns step by step, what there is to tell the members of conversations, and files that are to be deleted
   */
  async *forget(person: Person): AsyncGenerator<Forgotten> {
    yield* this.#endMemberships(person);
    const nobody = `forgotten-${randomUUID()}`;
    for (let places = await this.#placesOf(person); places.length > 0; places = await this.#placesOf(person)) {
      for (const [conversationId, group] of Map.groupBy(places, (place) => place.conversationId)) {
        const seqs = group.map(({ seq }) => seq);
        const changed = await this.#step((database) =>
          database
            .transaction()
            .execute((transaction) =>
              changeMessages(transaction, conversationId, seqs, (message) =>
                withoutPerson(message, person.identity, nobody),
              ),
            ),
        ).catch(goneMeanwhile);
        if (changed) yield { type: 'messages', ...changed };
      }
    }
    const attachments = await this.#step((database) =>
      database
        .deleteFrom('attachments')
        .where('tenant', '=', person.tenant)
        .where('uploader', '=', person.identity)
        .returningAll()
        .execute(),
    );
    yield { type: 'attachments', attachments };
  }

  async *#memberships({ tenant, identity }: Person): AsyncGenerator<PersonalRecord> {
    for (let after = '', more = true; more;) {
      const members = await this.#step((database) =>
        database
          .selectFrom('members')
          .selectAll()
          .where('tenant', '=', tenant)
          .where('identity', '=', identity)
          .where('conversationId', '>', after)
          .orderBy('conversationId')
          .limit(ROWS_AT_ONCE)
          .execute(),
      );
      if (members.length === 0) return;
      const conversationIds = members.map(({ conversationId }) => conversationId);
      const rows = await this.#step((database) =>
        database.selectFrom('conversations').selectAll().where('conversationId', 'in', conversationIds).execute(),
      );
      const conversations = new Map(rows.map((row) => [row.conversationId, conversationInfo(row)]));
      for (const member of members) {
        const conversation = conversations.get(member.conversationId);
        if (conversation) yield { type: 'membership', conversation, member: memberInfo(member) };
      }
      after = conversationIds.at(-1)!;
      more = members.length === ROWS_AT_ONCE;
    }
  }

  async *#messages({ tenant, identity }: Person): AsyncGenerator<PersonalRecord> {
    for (let last: MessageRow | undefined, more = true; more;) {
      const rows = await this.#step((database) =>
        database
          .selectFrom('messages')
          .innerJoin('conversations', 'conversations.conversationId', 'messages.conversationId')
          .selectAll('messages')
          .where('messages.senderIdentity', '=', identity)
          .where('conversations.tenant', '=', tenant)
          .$if(last !== undefined, (query) =>
            query.where((is) =>
              is(
                is.refTuple('messages.conversationId', 'messages.clientId'),
                '>',
                is.tuple(last!.conversationId, last!.clientId),
              ),
            ),
          )
          .orderBy('messages.conversationId')
          .orderBy('messages.clientId')
          .limit(ROWS_AT_ONCE)
          .execute(),
      );
      for (const row of rows) yield { type: 'message', message: messageOfRow(row) };
      last = rows.at(-1);
      more = rows.length === ROWS_AT_ONCE;
    }
  }

  async *#attachments({ tenant, identity }: Person): AsyncGenerator<PersonalRecord> {
    for (let after = '', more = true; more;) {
      const rows = await this.#step((database) =>
        database
          .selectFrom('attachments')
          .selectAll()
          .where('tenant', '=', tenant)
          .where('uploader', '=', identity)
          .where('attachmentId', '>', after)
          .orderBy('attachmentId')
          .limit(ROWS_AT_ONCE)
          .execute(),
      );
      for (const attachment of rows) yield { type: 'attachment', attachment };
      after = rows.at(-1)?.attachmentId ?? after;
      more = rows.length === ROWS_AT_ONCE;
    }
  }

  async *#endMemberships({ tenant, identity }: Person): AsyncGenerator<Forgotten> {
    const conversationIds = await this.#step((database) =>
      database
        .selectFrom('members')
        .select('conversationId')
        .where('tenant', '=', tenant)
        .where('identity', '=', identity)
        .orderBy('conversationId')
        .execute(),
    );
    for (const { conversationId } of conversationIds) {
      const memberCount = await this.#step((database) =>
        database.transaction().execute((transaction) => removeMember(transaction, conversationId, identity)),
      );
      if (memberCount !== undefined) yield { type: 'membership', conversationId, memberCount };
    }
    await this.#step((database) =>
      database
        .updateTable('conversations')
        .set({ customer: null, title: '' })
        .where('tenant', '=', tenant)
        .where('customer', '=', identity)
        .execute(),
    );
  }

  /** Some of the messages that a person wrote, or else that name them. */
  async #placesOf({ tenant, identity }: Person): Promise<Pick<MessageRow, 'conversationId' | 'seq'>[]> {
    return this.#step(async (database) => {
      const written = await database
        .selectFrom('messages')
        .innerJoin('conversations', 'conversations.conversationId', 'messages.conversationId')
        .select(['messages.conversationId', 'messages.seq'])
        .where('messages.senderIdentity', '=', identity)
        .where('conversations.tenant', '=', tenant)
        .limit(ROWS_AT_ONCE)
        .execute();
      if (written.length > 0) return written;
      return database
        .selectFrom('namedPeople')
        .innerJoin('conversations', 'conversations.conversationId', 'namedPeople.conversationId')
        .select(['namedPeople.conversationId', 'namedPeople.seq'])
        .where('namedPeople.identity', '=', identity)
        .where('conversations.tenant', '=', tenant)
        .limit(ROWS_AT_ONCE)
        .execute();
    });
  }

  #step<T>(work: (database: Database) => Promise<T>): Promise<T> {
    return this.#guard.run('personalData', () => work(this.#database));
  }
}

/** A conversation that was removed leaves nothing to change. */
function goneMeanwhile(error: unknown): undefined {
  if (!(error instanceof ChaxiError && error.code === 'conversationNotFound')) throw error;
}

function withoutPerson(
  { from, content, mentions, editedAt, reactions }: Message,
  identity: string,
  nobody: string,
): Pick<Message, 'from' | 'content' | 'mentions' | 'editedAt' | 'reactions'> {
  const isTheirs = from.identity === identity;
  return {
    from: isTheirs ? { identity: nobody, name: '' } : from,
    content: isTheirs ? null : content,
    mentions: mentions.filter((mentioned) => mentioned !== identity),
    editedAt,
    reactions: reactions
      .map(({ emoji, identities }) => ({ emoji, identities: identities.filter((other) => other !== identity) }))
      .filter(({ identities }) => identities.length > 0),
  };
}
