import { expect } from 'chai';
import { judgeRefusedNote } from '../../../../client-sdk/src/notes/noteSendPolicy.ts';

describe('what becomes of a note that was not stored', () => {
  it('is sent again, later each time, where what hinders it passes', () => {
    for (const code of ['connectionLost', 'requestTimeout', 'storageUnavailable', 'rateLimited', 'internal'] as const) {
      expect(judgeRefusedNote({ code, failures: 0 }), code).to.deep.equal({ do: 'retry', delayMs: 1_000 });
    }
    expect(judgeRefusedNote({ code: 'storageUnavailable', failures: 3 })).to.deep.equal({
      do: 'retry',
      delayMs: 8_000,
    });
    expect(judgeRefusedNote({ code: 'storageUnavailable', failures: 40 })).to.deep.equal({
      do: 'retry',
      delayMs: 30_000,
    });
  });

  it('waits until one is in the room', () => {
    for (const code of ['invalidState', 'wrongStage'] as const) {
      expect(judgeRefusedNote({ code, failures: 9 }), code).to.deep.equal({ do: 'wait' });
    }
  });

  it('is dropped where the server will never take it', () => {
    for (const code of ['teaNotFound', 'notAllowed', 'badRequest', 'unknownMethod'] as const) {
      expect(judgeRefusedNote({ code, failures: 0 }), code).to.deep.equal({ do: 'drop' });
    }
    expect(judgeRefusedNote({ code: 'internal', failures: 5 })).to.deep.equal({ do: 'drop' });
  });
});
