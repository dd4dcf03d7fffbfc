import { expect } from 'chai';
import { requestError } from '../../../../client-sdk/src/signaling/requestError.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { FakePeer } from '../fakes/FakePeer.ts';

describe('requestError', () => {
  it('reads what the server answered', () => {
    const body = { code: 'badRequest', message: 'kind: not valid', path: 'kind' };
    const error = requestError(FakePeer.refusal(400, body));
    expect(error).to.include(body).and.be.an.instanceOf(ChaxiError);
  });

  it('takes an answer that is no error body for a fault of the server', () => {
    expect(requestError(Object.assign(new Error('<html>'), { code: 502 })).code).to.equal('internal');
    expect(requestError(FakePeer.refusal(500, { code: 'neverHeardOf' })).code).to.equal('internal');
  });

  it('takes everything else for a lost connection', () => {
    expect(requestError(new Error('peer closed')).code).to.equal('connectionLost');
    expect(requestError(new DOMException('', 'InvalidStateError')).code).to.equal('connectionLost');
    expect(requestError('what').code).to.equal('connectionLost');
  });

  it('leaves a ChaxiError what it is', () => {
    const error = new ChaxiError('requestTimeout');
    expect(requestError(error)).to.equal(error);
  });
});
