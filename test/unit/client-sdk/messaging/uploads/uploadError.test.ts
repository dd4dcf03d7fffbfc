import { expect } from 'chai';
import { ChaxiError } from '../../../../../protocol/ChaxiError.ts';
import { mayTryAgain, uploadError } from '../../../../../client-sdk/src/messaging/uploads/uploadError.ts';

const body = (code: ConstructorParameters<typeof ChaxiError>[0]) =>
  JSON.stringify({ error: new ChaxiError(code).toBody() });

describe('an upload that fails', () => {
  for (const [what, answer, code, again] of [
    ['without an answer', undefined, 'serverUnreachable', true],
    ['as the server says', { status: 415, body: body('fileNotSupported') }, 'fileNotSupported', false],
    ['at another place', { status: 409, body: body('wrongStage') }, 'serverUnreachable', true],
    ['for a full disk', { status: 503, body: body('storageUnavailable') }, 'storageUnavailable', true],
    ['where the answer has no body', { status: 404, body: '' }, 'attachmentNotFound', false],
    ['at a proxy that takes no such body', { status: 413, body: '<html>413</html>' }, 'fileTooLarge', false],
    ['at a proxy whose server is gone', { status: 502, body: '<html>502</html>' }, 'serverUnreachable', true],
    ['for its time', { status: 408, body: '' }, 'serverUnreachable', true],
    ['where the body is no error', { status: 500, body: 'null' }, 'serverUnreachable', true],
  ] as const) {
    it(`${what} is ${code}, and is ${again ? '' : 'not '}tried again`, () => {
      expect(uploadError(answer, new Error('cause')).code).to.equal(code);
      expect(mayTryAgain(answer)).to.equal(again);
    });
  }
});
