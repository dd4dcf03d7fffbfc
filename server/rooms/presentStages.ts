import type { Stage } from '../../protocol/signaling.ts';
import type { Member } from './Member.ts';

/** Where someone is who is in a room or before its door. */
export type PresentStage = Exclude<Stage, 'prepared'>;

const furthestLast: readonly Stage[] = ['prepared', 'lobby', 'aside', 'joined'];

/** By identity; of several sessions of one person that which has come furthest. */
export function presentStages(members: Iterable<Pick<Member, 'identity' | 'stage'>>): Map<string, PresentStage> {
  const stages = new Map<string, PresentStage>();
  for (const { identity, stage } of members) {
    if (stage === 'prepared') continue;
    const known = stages.get(identity) ?? 'prepared';
    if (furthestLast.indexOf(stage) > furthestLast.indexOf(known)) stages.set(identity, stage);
  }
  return stages;
}
