import { expect } from 'chai';
import { iceStarted } from '../../../../client-sdk/src/media/iceStarted.ts';

describe('iceStarted', () => {
  function receiver(state: RTCIceTransportState) {
    const iceTransport = Object.assign(new EventTarget(), { state });
    return { iceTransport, receiver: { transport: { iceTransport } } as unknown as RTCRtpReceiver };
  }

  it('does not wait for a connection that is looking for a path or has one', async () => {
    await iceStarted(receiver('checking').receiver);
    await iceStarted(receiver('connected').receiver);
  });

  it('does not wait where the browser does not tell', async () => {
    await iceStarted(undefined);
    await iceStarted({ transport: null } as RTCRtpReceiver);
  });

  it('waits for a new connection to begin, but not for ever', async () => {
    const { iceTransport, receiver: fresh } = receiver('new');
    let started = false;
    const waiting = iceStarted(fresh).then(() => (started = true));
    await Promise.resolve();
    expect(started).to.equal(false);
    iceTransport.dispatchEvent(new Event('statechange'));
    await waiting;
    await iceStarted(receiver('new').receiver);
  });
});
