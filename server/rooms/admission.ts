import type { ErrorCode } from '../../protocol/errorCodes.ts';

export type Admission = 'enter' | 'wait' | { refuse: ErrorCode };

/** What happens to someone who asks to enter. Hidden ones are not counted, so that an observer takes no seat. */
export function decideAdmission(state: {
  hidden: boolean;
  /** They need not wait: someone let them in, or they may let others in themselves. */
  admitted: boolean;
  lobby: boolean;
  seatsTaken: number;
  maxParticipants: number;
}): Admission {
  const { hidden, admitted, lobby, seatsTaken, maxParticipants } = state;
  if (!hidden && seatsTaken >= maxParticipants) return { refuse: 'roomFull' };
  return lobby && !admitted ? 'wait' : 'enter';
}
