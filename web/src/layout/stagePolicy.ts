import type { Role, Source } from '../../../client-sdk/src/index.ts';

/** What a tile can show. Everyone has a `camera` shot; without a picture it shows the name. */
export type VideoSource = Extract<Source, 'camera' | 'teaCloseUp' | 'screen'>;

export interface ScenePerson {
  participantId: string;
  role: Role;
  isLocal: boolean;
  /** Sources with a picture now: published and not muted. */
  showing: readonly VideoSource[];
}

export interface Scene {
  /** In the order in which they came. */
  people: readonly ScenePerson[];
  /** Key of the shot that this viewer put on the stage. */
  pinned: string | null;
  /** Who spoke last, so that the stage does not change in a pause. */
  lastSpeakerId: string | null;
}

export interface Shot {
  /** `participantId/source`, stable for as long as the shot exists. */
  key: string;
  participantId: string;
  source: VideoSource;
  /** Has a picture. */
  live: boolean;
}

export interface Staging {
  stage: Shot | null;
  strip: Shot[];
}

const roleRank: Readonly<Record<Role, number>> = { host: 0, expert: 1, guest: 2, observer: 3 };
const sourceRank: Readonly<Record<VideoSource, number>> = { teaCloseUp: 0, screen: 1, camera: 2 };

interface Candidate extends Shot {
  person: ScenePerson;
}

/**
 * Who is on the stage and in which order the strip stands. The tea comes first: a close-up, then a screen, then whoever
 * speaks, then the host. One's own camera is never put on the stage by itself, and one's own screen would mirror itself.
 */
export function stageScene(scene: Scene): Staging {
  const candidates = scene.people.flatMap(shotsOf).sort(byPlace);
  const stage = chooseStage(candidates, scene);
  const strip = candidates.filter((candidate) => candidate !== stage);
  return { stage: stage && toShot(stage), strip: strip.map(toShot) };
}

function shotsOf(person: ScenePerson): Candidate[] {
  const sources: VideoSource[] = ['camera', ...person.showing.filter((source) => source !== 'camera')];
  return sources.map((source) => ({
    key: `${person.participantId}/${source}`,
    participantId: person.participantId,
    source,
    live: person.showing.includes(source),
    person,
  }));
}

/** Tea and screens before people, the host before others, oneself last; who came first stays first (sort is stable). */
function byPlace(a: Candidate, b: Candidate): number {
  return (
    sourceRank[a.source] - sourceRank[b.source] ||
    Number(a.person.isLocal) - Number(b.person.isLocal) ||
    roleRank[a.person.role] - roleRank[b.person.role]
  );
}

function chooseStage(candidates: readonly Candidate[], { pinned, lastSpeakerId }: Scene): Candidate | null {
  const others = candidates.filter(({ person }) => !person.isLocal);
  const cameras = others.filter(({ source }) => source === 'camera');
  return (
    candidates.find(({ key }) => key === pinned) ??
    closeUp(candidates) ??
    others.find(({ source }) => source === 'screen') ??
    cameras.find(({ live, participantId }) => live && participantId === lastSpeakerId) ??
    cameras.find(({ live }) => live) ??
    cameras[0] ??
    null
  );
}

/** The host's cup is what the room is about, also for the host, who has to see how it is framed. */
function closeUp(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates
    .filter(({ source }) => source === 'teaCloseUp')
    .sort((a, b) => roleRank[a.person.role] - roleRank[b.person.role])[0];
}

function toShot({ key, participantId, source, live }: Candidate): Shot {
  return { key, participantId, source, live };
}
