import { expect } from 'chai';
import type { ErrorCode } from '../../../../protocol/errorCodes.ts';
import { remedyFor, type Remedy } from '../../../../web/src/session/rejoinPolicy.ts';

const cases: [code: ErrorCode | null, remedy: Remedy][] = [
  [null, 'rejoin'],
  ['connectionLost', 'rejoin'],
  ['serverDraining', 'rejoin'],
  ['sessionReplaced', 'rejoin'],
  ['roomFull', 'rejoin'],
  ['tokenExpired', 'none'],
  ['tokenInvalid', 'none'],
  ['participantRemoved', 'none'],
  ['admissionDeclined', 'none'],
  ['roomClosed', 'none'],
  ['browserUnsupported', 'none'],
  ['protocolVersion', 'reload'],
];

describe('rejoin policy', () => {
  for (const [code, remedy] of cases) {
    it(`offers ${remedy} after ${code ?? 'leaving by oneself'}`, () => {
      expect(remedyFor(code)).to.equal(remedy);
    });
  }
});
