/** A session of someone. */
interface Session {
  id: string;
  /** Sessions of the same person on other nodes that it knew of when it entered. */
  replaces: readonly string[];
}

/**
 * Whether a session goes because the same person has entered on another node. Where neither knew of the other the greater id
 * stays, on whichever node that is decided.
 */
export function isReplacedBy(own: Session, other: Session): boolean {
  if (other.replaces.includes(own.id)) return true;
  return !own.replaces.includes(other.id) && other.id > own.id;
}
