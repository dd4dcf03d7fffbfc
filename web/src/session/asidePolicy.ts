export interface AsidePerson {
  participantId: string;
  name: string;
  /** By participantId; null who speaks with all. */
  asideWith: string | null;
}

export interface AsideInput {
  /** One is not in the room yet, and speaks with the host alone. */
  isGuest: boolean;
  /** One's own participantId. */
  selfId: string;
  /** The others whom one sees. */
  others: readonly AsidePerson[];
}

/** What is said about who hears whom: to the host who speaks aside, to who is spoken with, and to everyone else. */
export type Aside =
  | { seenBy: 'host'; participantId: string; name: string }
  | { seenBy: 'guest'; host: string }
  | { seenBy: 'others'; host: string };

/** Who speaks aside is not in the conversation of the room yet, which would tell everyone of them. */
export function mayConverse(aside: Aside | null): boolean {
  return aside?.seenBy !== 'guest';
}

/** Null while everyone hears everyone. */
export function describeAside({ isGuest, selfId, others }: AsideInput): Aside | null {
  const partner = others.find(({ asideWith }) => asideWith === selfId);
  if (isGuest) return { seenBy: 'guest', host: partner?.name ?? '' };
  if (partner) return { seenBy: 'host', participantId: partner.participantId, name: partner.name };
  const speaking = others.find(({ asideWith }) => asideWith !== null);
  return speaking ? { seenBy: 'others', host: speaking.name } : null;
}
