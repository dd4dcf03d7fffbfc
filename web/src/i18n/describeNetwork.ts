import type { Participant } from '../../../client-sdk/src/index.ts';
import type { Messages } from './messages.ts';

type Network = Pick<Participant, 'quality' | 'qualityReason'>;

/** The network of a person in a few words, with what it suffers from. */
export function describeNetwork({ quality, qualityReason }: Network, t: Messages): string {
  const words = t.qualities[quality];
  return qualityReason === null ? words : t.qualityWith(words, t.qualityReasons[qualityReason]);
}

/**
 * What of a connection a person should read without asking for it; null while it is fair or better. Where there is little room
 * it is said without the reason.
 */
export function describeTrouble(
  person: Network & Pick<Participant, 'connection'>,
  t: Messages,
  { brief = false } = {},
): string | null {
  if (person.connection === 'reconnecting') return t.room.reconnecting;
  if (person.quality !== 'poor') return null;
  return brief ? t.qualities.poor : describeNetwork(person, t);
}
