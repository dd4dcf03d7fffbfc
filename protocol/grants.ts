/** What a track shows. Two cameras at once are normal here: the person and the cup. */
export const sources = ['camera', 'teaCloseUp', 'microphone', 'screen', 'screenAudio'] as const;
export type Source = (typeof sources)[number];

export const sourceKinds: Readonly<Record<Source, 'audio' | 'video'>> = {
  camera: 'video',
  teaCloseUp: 'video',
  microphone: 'audio',
  screen: 'video',
  screenAudio: 'audio',
};

export const roles = ['host', 'guest', 'expert', 'observer'] as const;
export type Role = (typeof roles)[number];

/** What a participant may do. Decisions are made by grants only; a role is a preset of them. */
export interface Grants {
  /** Sources that may be published. */
  publish: Source[];
  /** May receive the tracks of others. */
  subscribe: boolean;
  /** May let waiting people in, and enters without waiting. */
  admit: boolean;
  /** May mute and remove others, and remove stills. */
  moderate: boolean;
  /** May ask for stills: pictures that a camera in the room takes at its full resolution. */
  stills: boolean;
  /** Sees the stills of the room while it waits in the lobby. */
  lookAhead: boolean;
  /** May write the tasting guide and lead through it (tea, infusion, timer), and sees how far everyone's notes are. */
  lead: boolean;
  /** May make links by which others come, and revoke them. */
  invite: boolean;
  /** May keep tasting notes. */
  notes: boolean;
  /** Is not shown to others, publishes nothing, asks for no stills and keeps no notes. */
  hidden: boolean;
}

const everySource: Source[] = [...sources];

const taster: Grants = {
  publish: everySource,
  subscribe: true,
  admit: false,
  moderate: false,
  stills: true,
  lookAhead: false,
  lead: false,
  invite: false,
  notes: true,
  hidden: false,
};

/** The presets. An observer hears and sees, and is not seen. */
export const roleGrants: Readonly<Record<Role, Grants>> = {
  host: { ...taster, admit: true, moderate: true, lookAhead: true, lead: true, invite: true },
  guest: taster,
  expert: { ...taster, lookAhead: true },
  observer: { ...taster, publish: [], stills: false, notes: false, hidden: true },
};

/**
 * The preset of a role with what the token says otherwise. Who is hidden publishes nothing: a track without anyone to
 * whom it belongs would be seen and heard by all. A still names who asked for it, and a note who wrote it.
 */
export function resolveGrants(role: Role, overrides: Partial<Grants> = {}): Grants {
  const grants = { ...roleGrants[role], ...overrides };
  const { hidden } = grants;
  return {
    ...grants,
    publish: hidden ? [] : [...grants.publish],
    stills: grants.stills && !hidden,
    notes: grants.notes && !hidden,
  };
}
