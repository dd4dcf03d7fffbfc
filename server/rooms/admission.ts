import type { ErrorCode } from '../../protocol/errorCodes.ts';
import type { Grants } from '../../protocol/grants.ts';

export type Admission = 'enter' | 'wait' | { refuse: ErrorCode };

/**
 * What happens to someone who asks to enter. Those who may admit never wait; hidden ones are not counted, so that an
 * observer takes no seat.
 */
export function decideAdmission(state: {
  grants: Grants;
  admitted: boolean;
  lobby: boolean;
  seatsTaken: number;
  maxParticipants: number;
}): Admission {
  const { grants, admitted, lobby, seatsTaken, maxParticipants } = state;
  if (!grants.hidden && seatsTaken >= maxParticipants) return { refuse: 'roomFull' };
  return lobby && !admitted && !grants.admit ? 'wait' : 'enter';
}
