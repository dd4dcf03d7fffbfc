import { expect } from 'chai';
import type { types } from 'mediasoup';
import { spatialLayers } from '../../../server/media/spatialLayers.ts';

describe('spatialLayers', () => {
  const cases: [what: string, encodings: types.RtpEncodingParameters[], layers: number][] = [
    ['one stream', [{ ssrc: 1 }], 1],
    ['one stream with temporal layers', [{ ssrc: 1, scalabilityMode: 'L1T3' }], 1],
    ['SVC', [{ ssrc: 1, scalabilityMode: 'L3T3_KEY' }], 3],
    ['simulcast', [{ rid: 'r0', scalabilityMode: 'L1T3' }, { rid: 'r1' }, { rid: 'r2' }], 3],
    ['no streams at all', [], 1],
  ];
  for (const [what, encodings, layers] of cases) {
    it(`is ${layers} for ${what}`, () => expect(spatialLayers({ codecs: [], encodings })).to.equal(layers));
  }
});
