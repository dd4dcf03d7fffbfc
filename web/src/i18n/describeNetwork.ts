import type { Participant } from '../../../client-sdk/src/index.ts';
import type { Messages } from './messages.ts';

type Network = Pick<Participant, 'quality' | 'qualityReason'>;

/** The network of a person in a few words, with what it suffers from. */
export function describeNetwork({ quality, qualityReason }: Network, t: Messages): string {
  const words = t.qualities[quality];
  return qualityReason === null ? words : t.qualityWith(words, t.qualityReasons[qualityReason]);
}

/** What of a connection a person should read without asking for it; null while it is fair or better. */
export function describeTrouble(person: Network & Pick<Participant, 'connection'>, t: Messages): string | null {
  if (person.connection === 'reconnecting') return t.room.reconnecting;
  return person.quality === 'poor' ? describeNetwork(person, t) : null;
}
