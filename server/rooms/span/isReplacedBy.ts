/** A session of someone. */
interface Session {
  id: string;
  /** `Participant.enteredAt` */
  enteredAt: number;
}

/**
 * Whether a session goes because the same person has entered on another node: the last one stays. All nodes find the same order,
 * whichever sessions each of them knows of, so that of any number one stays.
 */
export function isReplacedBy(own: Session, other: Session): boolean {
  return other.enteredAt === own.enteredAt ? other.id > own.id : other.enteredAt > own.enteredAt;
}
