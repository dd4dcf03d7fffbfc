import { expect } from 'chai';
import {
  nextAudioDelay,
  untouchedDelay,
  type AudioArrival,
  type AudioDelay,
} from '../../../../client-sdk/src/policies/audioDelayPolicy.ts';

const fine: AudioArrival = { packets: 50, latePackets: 0, concealedRatio: 0, bufferMs: 60 };
const late: AudioArrival = { packets: 50, latePackets: 5, concealedRatio: 0.09, bufferMs: 250 };

describe('the audio delay policy', () => {
  const cases: [what: string, delay: AudioDelay, arrival: AudioArrival, expected: AudioDelay][] = [
    ['leaves a good network to the browser', untouchedDelay, fine, untouchedDelay],
    [
      'waits longer than the browser did where packets come late',
      untouchedDelay,
      late,
      { targetMs: 400, goodSeconds: 0 },
    ],
    ['waits longer still', { targetMs: 400, goodSeconds: 3 }, late, { targetMs: 550, goodSeconds: 0 }],
    ['has a limit', { targetMs: 550, goodSeconds: 0 }, late, { targetMs: 600, goodSeconds: 0 }],
    [
      'does not mind late packets whose sound was there already',
      untouchedDelay,
      { ...late, concealedRatio: 0.01 },
      untouchedDelay,
    ],
    [
      'does not mind packets that never came, for which waiting is of no use',
      untouchedDelay,
      { ...late, latePackets: 1 },
      untouchedDelay,
    ],
    [
      'learns nothing from a pause of speech',
      { targetMs: 400, goodSeconds: 7 },
      { ...late, packets: 3 },
      { targetMs: 400, goodSeconds: 7 },
    ],
    ['counts good seconds', { targetMs: 400, goodSeconds: 4 }, fine, { targetMs: 400, goodSeconds: 5 }],
    [
      'does not begin to count anew for a single late packet, but does not go down either',
      { targetMs: 400, goodSeconds: 30 },
      { ...fine, latePackets: 1 },
      { targetMs: 400, goodSeconds: 19 },
    ],
    [
      'goes down after twenty good seconds',
      { targetMs: 400, goodSeconds: 19 },
      fine,
      { targetMs: 350, goodSeconds: 20 },
    ],
    ['waits between two steps down', { targetMs: 350, goodSeconds: 20 }, fine, { targetMs: 350, goodSeconds: 21 }],
    ['goes down again', { targetMs: 350, goodSeconds: 22 }, fine, { targetMs: 300, goodSeconds: 23 }],
    ['gives it back to the browser in the end', { targetMs: 140, goodSeconds: 22 }, fine, untouchedDelay],
  ];
  for (const [what, delay, arrival, expected] of cases) {
    it(what, () => expect(nextAudioDelay(delay, arrival)).to.deep.equal(expected));
  }

  it('is back where it began after a bad time of any length', () => {
    let delay = untouchedDelay;
    for (let second = 0; second < 50; second++) delay = nextAudioDelay(delay, late);
    expect(delay.targetMs).to.equal(600);
    for (let second = 0; second < 60; second++) delay = nextAudioDelay(delay, fine);
    expect(delay).to.deep.equal(untouchedDelay);
  });
});
