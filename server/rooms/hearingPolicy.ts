import type { Source } from '../../protocol/grants.ts';
import { sourceKinds } from '../../protocol/grants.ts';
import type { Stage } from '../../protocol/signaling.ts';

/** A person as far as it matters who receives them. */
export interface Speaker {
  stage: Stage;
  /** Who they speak with aside, by participantId. */
  asideWith: string | null;
}

/** `open`: it flows. `withheld`: they know of it, and nothing of it goes to them. `hidden`: they do not know of it. */
export type Reception = 'open' | 'withheld' | 'hidden';

/**
 * How a track of a publisher goes to someone else. Who has not joined yet and speaks aside is there for the partner alone. Who
 * has joined is heard by the partner alone as long as they speak aside, and seen by all. Both receive everyone else.
 */
export function receptionOf(publisher: Speaker, source: Source, subscriberId: string): Reception {
  if (publisher.asideWith === subscriberId) return 'open';
  if (publisher.stage === 'aside') return 'hidden';
  return publisher.asideWith !== null && sourceKinds[source] === 'audio' ? 'withheld' : 'open';
}

/** Whether someone is shown to someone else in the room; null is anyone but who they speak with. */
export function isSeenBy(person: Speaker & { visible: boolean }, viewerId: string | null): boolean {
  return person.visible || (person.stage === 'aside' && person.asideWith === viewerId && viewerId !== null);
}
