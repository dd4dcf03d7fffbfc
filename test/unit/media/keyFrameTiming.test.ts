import { expect } from 'chai';
import { keyFrameDelayMs } from '../../../server/media/keyFrameTiming.ts';

describe('keyFrameDelayMs', () => {
  const cases = [
    // subscriber, publisher, offer to ICE, expected, why
    [100, 100, 160, 142, 'ends one round trip before the handshake, and a margin later'],
    [200, 60, 260, 382, 'waits longer for a publisher who is near'],
    [20, 200, 80, 0, 'asks at once for a publisher who is far'],
    [100, 30, 160, undefined, 'leaves a near publisher to mediasoup'],
    [0, 0, 60, undefined, 'has nothing to gain on loopback'],
    [100, 100, 90, 115, 'takes no margin away where the first ping was slow'],
  ] as const;
  for (const [subscriberRttMs, publisherRttMs, offerToIceMs, expected, why] of cases) {
    it(why, () => {
      expect(keyFrameDelayMs({ subscriberRttMs, publisherRttMs, offerToIceMs })).to.equal(expected);
    });
  }
});
