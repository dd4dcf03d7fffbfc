import type { MessageList, SdkReport } from '../clients/sdkMessengerProcess.ts';

/** What is wrong with what people have after something was killed; all 0 where nothing is. */
export interface ListFaults {
  /** Acknowledged messages that someone who comes afterwards does not find. */
  lost: number;
  /** Messages that are there, or came, more than once. */
  doubled: number;
  /** Places where a message of someone, or one of a lower `seq`, comes after a later one. */
  disordered: number;
  /** People who do not end with the list that someone finds who comes afterwards. */
  differing: number;
}

/** @param afterwards what someone finds in each conversation who comes when all is over, by its id */
export function faultsOf(reports: readonly SdkReport[], afterwards: ReadonlyMap<string, MessageList>): ListFaults {
  const faults: ListFaults = { lost: 0, doubled: 0, disordered: 0, differing: 0 };
  for (const list of afterwards.values()) {
    faults.doubled += doubledIn(list);
    faults.disordered += disorderedIn(list);
  }
  for (const { conversationId, acknowledged, shown, came } of reports) {
    const found = keysOf(afterwards.get(conversationId) ?? { writers: [], numbers: [], seqs: [] });
    const known = new Set(found);
    faults.lost += keysOf(acknowledged).filter((key) => !known.has(key)).length;
    faults.doubled += doubledIn(came);
    faults.disordered += disorderedIn(came);
    if (keysOf(shown).join() !== found.join()) faults.differing += 1;
  }
  return faults;
}

/** Each names a message, and where it stands: an acknowledgement is broken too where the message is elsewhere. */
function keysOf({ writers, numbers, seqs }: MessageList): string[] {
  return seqs.map((seq, index) => `${seq} ${writers[index]} ${numbers[index]}`);
}

function doubledIn({ writers, numbers }: MessageList): number {
  return numbers.length - new Set(numbers.map((number, index) => `${writers[index]} ${number}`)).size;
}

function disorderedIn({ writers, numbers, seqs }: MessageList): number {
  const last = new Map<string, number>();
  return seqs.filter((seq, index) => {
    const writer = writers[index]!;
    const number = numbers[index]!;
    const isLate = seq < (seqs[index - 1] ?? 0) || number < (last.get(writer) ?? 0);
    last.set(writer, number);
    return isLate;
  }).length;
}
