import type { Participant, RemoteParticipant, Source, TastingRoom, Track } from '../../../client-sdk/src/index.ts';
import type { ScenePerson, VideoSource } from '../layout/stagePolicy.ts';

const videoSources: readonly VideoSource[] = ['camera', 'teaCloseUp', 'screen'];

/** Everyone to show: the others in the order in which they came, and oneself where one is shown to others. */
export function listPeople(room: TastingRoom): Participant[] {
  const others = [...room.participants.values()].sort((a, b) => a.joinedAt - b.joinedAt);
  return room.grants?.hidden === true ? others : [...others, room.localParticipant];
}

export function toScenePerson(person: Participant): ScenePerson {
  const { participantId, role, isLocal } = person;
  return { participantId, role, isLocal, showing: videoSources.filter((source) => isLive(person, source)) };
}

/** What someone sends now, whether or not it is received here. */
export function liveSources(person: Participant): Source[] {
  if (person.isLocal) return [...person.tracks].filter(([, { muted }]) => !muted).map(([source]) => source);
  const { publishedTracks } = person as RemoteParticipant;
  return [...publishedTracks].filter(([, { paused }]) => !paused).map(([source]) => source);
}

/** Published, received and not muted. */
export function isLive(person: Participant, source: Source): boolean {
  const track: Track | undefined = person.tracks.get(source);
  return track !== undefined && !track.muted;
}
