import type { ParticipantInfo, TrackInfo } from '../../../protocol/participants.ts';

export interface RosterDiff {
  left: string[];
  joined: ParticipantInfo[];
  /** Those who were there and still are. */
  stayed: ParticipantInfo[];
}

/** What changed between who was known and who is there. */
export function rosterDiff(knownIds: Iterable<string>, present: readonly ParticipantInfo[]): RosterDiff {
  const known = new Set(knownIds);
  const presentIds = new Set(present.map(({ participantId }) => participantId));
  return {
    left: [...known].filter((id) => !presentIds.has(id)),
    joined: present.filter(({ participantId }) => !known.has(participantId)),
    stayed: present.filter(({ participantId }) => known.has(participantId)),
  };
}

export interface TracksDiff {
  unpublished: TrackInfo[];
  published: TrackInfo[];
  /** The same publication, muted or unmuted. */
  changed: TrackInfo[];
}

/** What changed of the tracks of one participant. A source that is published anew is both unpublished and published. */
export function tracksDiff(known: readonly TrackInfo[], present: readonly TrackInfo[]): TracksDiff {
  const knownById = new Map(known.map((track) => [track.producerId, track]));
  const presentIds = new Set(present.map(({ producerId }) => producerId));
  return {
    unpublished: known.filter(({ producerId }) => !presentIds.has(producerId)),
    published: present.filter(({ producerId }) => !knownById.has(producerId)),
    changed: present.filter(({ producerId, paused }) => {
      const before = knownById.get(producerId);
      return before !== undefined && before.paused !== paused;
    }),
  };
}
