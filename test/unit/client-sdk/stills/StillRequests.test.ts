import { expect } from 'chai';
import { StillRequests } from '../../../../client-sdk/src/stills/StillRequests.ts';
import { rejection } from '../fakes/rejection.ts';

describe('those who wait for a still', () => {
  it('give up when it must have been lost, by the time that the server gave', async () => {
    const requests = new StillRequests();
    // The grace of 15 s is over as well.
    const over = requests.wait('s1', -15_000);
    const patient = requests.wait('s2', 120_000);
    expect((await rejection(over)).code).to.equal('stillTimeout');
    expect(requests.pending).to.equal(1);
    requests.close();
    expect((await rejection(patient)).code).to.equal('invalidState');
  });

  it('are refused when the room has been left, and no timer is left behind', async () => {
    const requests = new StillRequests();
    requests.close();
    expect((await rejection(requests.wait('s1', 30_000))).code).to.equal('invalidState');
    expect(requests.pending).to.equal(0);
  });
});
