import { expect } from 'chai';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { toChaxiError } from '../../../server/http/toChaxiError.ts';

describe('toChaxiError', () => {
  for (const [title, thrown, code] of [
    ['a ChaxiError', new ChaxiError('roomFull'), 'roomFull'],
    ['a body that is too large', { status: 413, type: 'entity.too.large' }, 'messageTooLarge'],
    ['a body that is no JSON', { status: 400, type: 'entity.parse.failed' }, 'badRequest'],
    ['an unknown charset', { status: 415, type: 'charset.unsupported' }, 'badRequest'],
    ['a path that can not be decoded', Object.assign(new URIError(), { status: 400 }), 'badRequest'],
    ['a file that is not there', { status: 404 }, 'notFound'],
    ['an error of ours', new TypeError('x'), 'internal'],
    ['an error with a status of the server', { status: 502 }, 'internal'],
    ['an error with a status that is none', { status: 'a' }, 'internal'],
    ['a text', 'x', 'internal'],
    ['null', null, 'internal'],
    ['nothing', undefined, 'internal'],
  ] as const) {
    it(`makes ${code} of ${title}`, () => {
      expect(toChaxiError(thrown).code).to.equal(code);
    });
  }

  it('keeps what was thrown for the log, and out of the answer', () => {
    const thrown = new Error('hunter2');
    const error = toChaxiError(thrown);
    expect(error.cause).to.equal(thrown);
    expect(JSON.stringify(error.toBody())).to.not.include('hunter2');
  });
});
