import { expect } from 'chai';
import { spatialLayerCount } from '../../../../client-sdk/src/media/spatialLayerCount.ts';
import type { ConsumerInfo } from '../../../../protocol/signaling.ts';

describe('spatialLayerCount', () => {
  const cases: [type: ConsumerInfo['type'], scalabilityMode: string | undefined, count: number][] = [
    ['simple', undefined, 1],
    ['simple', 'L2T3', 1],
    ['simulcast', 'L2T3', 2],
    ['simulcast', 'L3T1', 3],
    ['svc', 'L1T3', 1],
    ['svc', 'S2T3', 2],
    ['svc', undefined, 1],
  ];
  for (const [type, scalabilityMode, count] of cases) {
    it(`is ${count} for ${type} ${scalabilityMode}`, () => {
      const rtpParameters = { codecs: [], encodings: [{ scalabilityMode }] };
      expect(spatialLayerCount({ type, rtpParameters })).to.equal(count);
    });
  }
});
