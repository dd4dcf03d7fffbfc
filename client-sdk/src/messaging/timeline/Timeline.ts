import type { Message } from '../../../../protocol/messages.ts';
import { mergeMessages } from './mergeMessages.ts';

/**
 * What a device knows of a conversation. Pure: what the server tells goes in, in whatever order it comes, and the next state comes out.
 * `known` grows only over changes that are all there, so that nothing is missed; what comes twice or late changes nothing, since of
 * each message the latest change counts.
 */
export interface Timeline {
  /** By `seq`, each once. Those below `from` have gaps between them. */
  readonly messages: readonly Message[];
  /** From here on no message is missing; Infinity before the first page of the history is there. */
  readonly from: number;
  /** There are messages below `from`. */
  readonly hasOlder: boolean;
  /** Every change up to this one is in `messages`, as far as it concerns messages from `from` on. */
  readonly known: number;
  /** The highest change that was heard of. */
  readonly heard: number;
}

export interface AppliedChanges {
  readonly timeline: Timeline;
  /** Messages that were not there before, and are no older ones. */
  readonly added: readonly Message[];
}

export const emptyTimeline: Timeline = { messages: [], from: Infinity, hasOlder: true, known: 0, heard: 0 };

/** Something has been told that did not arrive. */
export function isBehind({ known, heard }: Timeline): boolean {
  return known < heard;
}

/** The messages that can be shown without a gap. */
export function shownMessages({ messages, from }: Timeline): readonly Message[] {
  const first = messages.findIndex(({ seq }) => seq >= from);
  return first === -1 ? [] : messages.slice(first);
}

/** The same with the last messages only. */
export function lastPart(timeline: Timeline, count: number): Timeline {
  const messages = shownMessages(timeline);
  const first = messages.at(-count);
  if (messages.length <= count || !first) return { ...timeline, messages };
  return { ...timeline, messages: messages.slice(-count), from: first.seq, hasOlder: true };
}

/** The server says how far a conversation is, before anything of it was loaded. */
export function startAt(timeline: Timeline, lastChange: number): Timeline {
  const known = Math.max(timeline.known, lastChange);
  return { ...timeline, known, heard: Math.max(timeline.heard, known) };
}

/** The server says how far a conversation is, part of which is loaded. */
export function hearOf(timeline: Timeline, lastChange: number): Timeline {
  return lastChange > timeline.heard ? { ...timeline, heard: lastChange } : timeline;
}

/** The event `messages`. Where something before it is missing, only that is noted: the sync that follows brings all, in order. */
export function applyEvent(timeline: Timeline, previous: number, changed: readonly Message[]): AppliedChanges {
  const last = changed.at(-1)?.change ?? previous;
  const heard = Math.max(timeline.heard, last);
  if (previous > timeline.known) return { timeline: { ...timeline, heard }, added: [] };
  return merge({ ...timeline, heard, known: Math.max(timeline.known, last) }, changed, timeline);
}

/**
 * An answer of `sync`. `heardBefore` is what had been heard of when it was asked for: where there are no more, all up to there is known, also
 * what is no longer there.
 */
export function applySync(
  timeline: Timeline,
  page: { messages: readonly Message[]; more: boolean },
  heardBefore: number,
): AppliedChanges {
  const last = page.messages.at(-1)?.change ?? 0;
  const known = Math.max(timeline.known, last, page.more ? 0 : heardBefore);
  return merge({ ...timeline, known, heard: Math.max(timeline.heard, known) }, page.messages, timeline);
}

/** An answer of `send`. Whether changes of others lie before these is not told with it. */
export function applyStored(timeline: Timeline, stored: readonly Message[]): AppliedChanges {
  let { known } = timeline;
  for (const { change } of stored) if (change === known + 1) known = change;
  return merge({ ...timeline, known, heard: Math.max(timeline.heard, known) }, stored, timeline);
}

/** An answer of `history`, asked for before `from`, or without `before`. None of its messages is a new one. */
export function applyHistory(
  timeline: Timeline,
  { messages, more }: { messages: readonly Message[]; more: boolean },
): Timeline {
  const oldest = messages.reduce((lowest, { seq }) => Math.min(lowest, seq), timeline.from);
  const from = more ? oldest : 0;
  return { ...timeline, messages: mergeMessages(timeline.messages, messages), from, hasOlder: more };
}

function merge(next: Timeline, changed: readonly Message[], { messages, from }: Timeline): AppliedChanges {
  const newest = messages.at(-1)?.seq ?? 0;
  const held = changed.some(({ seq }) => seq <= newest) ? new Set(messages.map(({ seq }) => seq)) : null;
  const isNew = ({ seq, change }: Message) =>
    // Where nothing is loaded, a message that was changed may be one of long ago.
    !held?.has(seq) && (from === Infinity ? change === seq : seq >= from);
  return { timeline: { ...next, messages: mergeMessages(messages, changed) }, added: changed.filter(isNew) };
}
