import { expect } from 'chai';
import fc from 'fast-check';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { errorCodes, type ErrorCode } from '../../../protocol/errorCodes.ts';

const codes = Object.keys(errorCodes) as ErrorCode[];

describe('a ChaxiError', () => {
  it('has the status and the message of its code', () => {
    const error = new ChaxiError('roomFull');
    expect(error).to.include({ name: 'ChaxiError', code: 'roomFull', ...errorCodes.roomFull, path: undefined });
    expect(error).to.be.instanceOf(Error);
  });

  it('keeps its cause and its stack from the wire', () => {
    const error = new ChaxiError('internal', { cause: new Error('disk'), path: 'a.b', message: 'No.' });
    expect(JSON.parse(JSON.stringify(error.toBody()))).to.deep.equal({ code: 'internal', message: 'No.', path: 'a.b' });
    expect(Object.keys(new ChaxiError('internal').toBody())).to.deep.equal(['code', 'message']);
  });

  it('survives the wire', () => {
    const options = fc.record({ message: fc.string(), path: fc.string() }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.constantFrom(...codes), options, (code, given) => {
        const error = new ChaxiError(code, given);
        const read = ChaxiError.fromBody(JSON.parse(JSON.stringify(error.toBody())));
        expect(read.toBody()).to.deep.equal(error.toBody());
        expect(read.status).to.equal(error.status);
      }),
    );
  });

  it('is made of whatever comes over a wire, as `internal` where that is no error', () => {
    for (const body of [null, undefined, 'no', 7, [], {}, { code: 'nonsense' }, { code: 'constructor' }, { code: 5 }]) {
      expect(ChaxiError.fromBody(body)).to.include({ code: 'internal', cause: body });
    }
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(codes).to.include(ChaxiError.fromBody(body).code);
      }),
    );
  });

  it('takes no message and no path that is no text', () => {
    const read = ChaxiError.fromBody({ code: 'badRequest', message: { html: 1 }, path: 3 });
    expect(read).to.include({ message: errorCodes.badRequest.message, path: undefined });
  });
});
