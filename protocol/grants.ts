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
  /** Is not shown to others, publishes nothing and asks for no stills. */
  hidden: boolean;
}

const everySource: Source[] = [...sources];

/** The presets. An observer hears and sees, and is not seen. */
export const roleGrants: Readonly<Record<Role, Grants>> = {
  host: { publish: everySource, subscribe: true, admit: true, moderate: true, stills: true, hidden: false },
  guest: { publish: everySource, subscribe: true, admit: false, moderate: false, stills: true, hidden: false },
  expert: { publish: everySource, subscribe: true, admit: false, moderate: false, stills: true, hidden: false },
  observer: { publish: [], subscribe: true, admit: false, moderate: false, stills: false, hidden: true },
};

/**
 * The preset of a role with what the token says otherwise. Who is hidden publishes nothing: a track without anyone to
 * whom it belongs would be seen and heard by all. A still names who asked for it, so who is hidden asks for none.
 */
export function resolveGrants(role: Role, overrides: Partial<Grants> = {}): Grants {
  const grants = { ...roleGrants[role], ...overrides };
  return { ...grants, publish: grants.hidden ? [] : [...grants.publish], stills: grants.stills && !grants.hidden };
}
