import { sql, type Transaction } from 'kysely';
import type { Tables } from '../schema.ts';
import type { AttachmentRow, MessageRow } from './rows.ts';

type Place = Pick<MessageRow, 'conversationId' | 'seq'>;

/** Removes messages, so that nothing is left of them. @returns the files that they had, whose rows are gone too */
export async function removeMessages(
  transaction: Transaction<Tables>,
  places: readonly Place[],
): Promise<AttachmentRow[]> {
  if (places.length === 0) return [];
  const pairs = sql<Place[]>`(values ${sql.join(
    places.map(({ conversationId, seq }) => sql`(${conversationId}, cast(${seq} as bigint))`),
  )})`;
  await transaction
    .deleteFrom('messages')
    .where((is) => is(is.refTuple('conversationId', 'seq'), 'in', pairs as never))
    .execute();
  await transaction
    .deleteFrom('namedPeople')
    .where((is) => is(is.refTuple('conversationId', 'seq'), 'in', pairs as never))
    .execute();
  return transaction
    .deleteFrom('attachments')
    .where((is) => is(is.refTuple('conversationId', 'messageSeq'), 'in', pairs as never))
    .returningAll()
    .execute();
}
