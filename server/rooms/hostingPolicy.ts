import type { Grants, Role } from '../../protocol/grants.ts';

/** A tasting takes no longer. What a crash or a drain has left does not hold at the next one in a room of the same name. */
export const HAND_OVER_HOLDS_MS = 12 * 60 * 60 * 1_000;

/** Someone made someone else the host; both by identity. */
export interface HandOver {
  from: string;
  to: string;
  /** How others call the one who has it now. */
  toName: string;
  /** Who gave it is a host by the token, and need not have got the role from anyone. */
  byToken: boolean;
  /** When, in milliseconds since 1970. */
  at: number;
}

/** Those that hold still. The same list where all do. */
export function inForce(handOvers: HandOver[], nowMs: number): HandOver[] {
  const kept = handOvers.filter(({ at }) => nowMs - at < HAND_OVER_HOLDS_MS);
  return kept.length === handOvers.length ? handOvers : withoutBroken(kept);
}

/** Who gets the role may do all that it has: nobody gives what they may not do themselves. */
export function mayHandOver({ role, grants }: { role: Role; grants: Grants }): boolean {
  const { admit, moderate, lead, invite } = grants;
  return role === 'host' && admit && moderate && lead && invite;
}

/** What someone is: who gave the role away has it no more until it comes back. */
export function roleOf(identity: string, tokenRole: Role, handOvers: readonly HandOver[]): Role {
  if (handOvers.some(({ from }) => from === identity)) return 'expert';
  return handOvers.some(({ to }) => to === identity) ? 'host' : tokenRole;
}

/**
 * A host makes someone else the host. Who had given the role away takes it back by that, and so does nobody have it any more who
 * got it on that way.
 */
export function handOver(handOvers: readonly HandOver[], next: HandOver): HandOver[] {
  const kept = withoutBroken(handOvers.filter(({ from }) => from !== next.to && from !== next.from));
  const isStillHost = next.byToken || kept.some(({ to }) => to === next.from);
  return isStillHost ? [...kept, next] : kept;
}

/**
 * The role goes back to who gave it where the one who has it now is neither there nor awaited; and from there further back. The same
 * list where nothing changes.
 */
export function takeBack<T extends readonly HandOver[]>(handOvers: T, isHere: (identity: string) => boolean): T {
  const isOver = ({ to }: HandOver) => !isHere(to) && !handOvers.some(({ from }) => from === to);
  const kept = handOvers.filter((one) => !isOver(one));
  return kept.length === handOvers.length ? handOvers : takeBack(kept as unknown as T, isHere);
}

/** Without what someone gave or got; where they passed the role on, it is the giver’s again. The same list where they did neither. */
export function withoutPerson(handOvers: HandOver[], identity: string): HandOver[] {
  const kept = handOvers.filter(({ from, to }) => from !== identity && to !== identity);
  return kept.length === handOvers.length ? handOvers : withoutBroken(kept);
}

/** Without those by someone who has no role to give any more. */
function withoutBroken(handOvers: HandOver[]): HandOver[] {
  const kept = handOvers.filter(({ byToken, from }) => byToken || handOvers.some(({ to }) => to === from));
  return kept.length === handOvers.length ? kept : withoutBroken(kept);
}
