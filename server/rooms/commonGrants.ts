import type { Grants } from '../../protocol/grants.ts';

/** What both allow. Who is hidden by either is hidden. */
export function commonGrants(one: Grants, other: Grants): Grants {
  return {
    publish: one.publish.filter((source) => other.publish.includes(source)),
    subscribe: one.subscribe && other.subscribe,
    admit: one.admit && other.admit,
    moderate: one.moderate && other.moderate,
    stills: one.stills && other.stills,
    lookAhead: one.lookAhead && other.lookAhead,
    lead: one.lead && other.lead,
    invite: one.invite && other.invite,
    notes: one.notes && other.notes,
    hidden: one.hidden || other.hidden,
  };
}
