import { expect } from 'chai';
import fc from 'fast-check';
import { defaultRouterRtpCapabilities } from '../../../protocol/routerRtpCapabilities.ts';
import { dtlsParametersSchema, rtpCapabilitiesSchema, rtpParametersSchema } from '../../../protocol/rtp.ts';
import { audioParameters, videoParameters } from '../../helpers/rtpFixtures.ts';

const { codecs, encodings } = videoParameters(1);
const codec = codecs[0]!;
const encoding = encodings[0]!;
const many = <T>(count: number, item: T) => Array.from({ length: count }, () => item);
const pathOf = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }) =>
  result.success ? undefined : result.error?.issues[0]?.path.join('.');

describe('RTP parameters', () => {
  it('are taken as browsers send them', () => {
    for (const parameters of [videoParameters(7), audioParameters(7)]) {
      expect(rtpParametersSchema.parse(parameters)).to.deep.equal(parameters);
    }
  });

  it('are taken with simulcast by rid and with scalability modes', () => {
    const layers = ['r0', 'r1', 'r2'].map((rid) => ({ rid, scalabilityMode: 'L1T3', maxBitrate: 100_000 }));
    const svc = [{ ssrc: 1, scalabilityMode: 'L3T3_KEY', dtx: true }];
    for (const list of [layers, svc]) {
      expect(rtpParametersSchema.parse({ ...videoParameters(1), encodings: list }).encodings).to.deep.equal(list);
    }
  });

  it('lose what nobody knows, so that it reaches no worker', () => {
    const extra = { ...videoParameters(1), evil: 1, encodings: [{ ...encoding, evil: 1 }] };
    expect(rtpParametersSchema.parse(extra)).to.deep.equal(videoParameters(1));
  });

  const wrong: [says: string, change: object, path: string][] = [
    ['no codec', { codecs: [] }, 'codecs'],
    ['too many codecs', { codecs: many(17, codec) }, 'codecs'],
    ['a MIME type of another kind', { codecs: [{ ...codec, mimeType: 'text/html' }] }, 'codecs.0.mimeType'],
    ['a MIME type without end', { codecs: [{ ...codec, mimeType: `video/${'x'.repeat(33)}` }] }, 'codecs.0.mimeType'],
    ['a payload type of 8 bits', { codecs: [{ ...codec, payloadType: 128 }] }, 'codecs.0.payloadType'],
    ['a negative payload type', { codecs: [{ ...codec, payloadType: -1 }] }, 'codecs.0.payloadType'],
    ['half a payload type', { codecs: [{ ...codec, payloadType: 1.5 }] }, 'codecs.0.payloadType'],
    ['a clock that stands', { codecs: [{ ...codec, clockRate: 0 }] }, 'codecs.0.clockRate'],
    ['no channels', { codecs: [{ ...codec, channels: 0 }] }, 'codecs.0.channels'],
    ['parameters that are lists', { codecs: [{ ...codec, parameters: { a: [] } }] }, 'codecs.0.parameters.a'],
    [
      'too much feedback',
      { codecs: [{ ...codec, rtcpFeedback: many(17, { type: 'nack' }) }] },
      'codecs.0.rtcpFeedback',
    ],
    ['no encoding', { encodings: [] }, 'encodings'],
    ['too many encodings', { encodings: many(5, encoding) }, 'encodings'],
    ['an SSRC of 33 bits', { encodings: [{ ssrc: 2 ** 32 }] }, 'encodings.0.ssrc'],
    ['a negative SSRC', { encodings: [{ ssrc: -1 }] }, 'encodings.0.ssrc'],
    ['an SSRC that is no number', { encodings: [{ ssrc: Number.NaN }] }, 'encodings.0.ssrc'],
    ['a rid with a space', { encodings: [{ rid: 'a b' }] }, 'encodings.0.rid'],
    ['a scalability mode of nobody', { encodings: [{ scalabilityMode: 'L9T9' }] }, 'encodings.0.scalabilityMode'],
    ['a scaling of zero', { encodings: [{ scaleResolutionDownBy: 0 }] }, 'encodings.0.scaleResolutionDownBy'],
    ['a bit rate without end', { encodings: [{ maxBitrate: 1e12 }] }, 'encodings.0.maxBitrate'],
    ['an extension with id 0', { headerExtensions: [{ uri: 'urn:x', id: 0 }] }, 'headerExtensions.0.id'],
    [
      'an extension with a long name',
      { headerExtensions: [{ uri: 'x'.repeat(257), id: 1 }] },
      'headerExtensions.0.uri',
    ],
    ['too many extensions', { headerExtensions: many(33, { uri: 'urn:x', id: 1 }) }, 'headerExtensions'],
    ['a long mid', { mid: 'x'.repeat(33) }, 'mid'],
    ['a long cname', { rtcp: { cname: 'x'.repeat(257) } }, 'rtcp.cname'],
  ];
  for (const [says, change, path] of wrong) {
    it(`with ${says} are refused at ${path}`, () => {
      expect(pathOf(rtpParametersSchema.safeParse({ ...videoParameters(1), ...change }))).to.equal(path);
    });
  }

  it('with too many codec parameters are refused', () => {
    const parameters = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`p${index}`, 1]));
    const given = { ...videoParameters(1), codecs: [{ ...codec, parameters }] };
    expect(pathOf(rtpParametersSchema.safeParse(given))).to.equal('codecs.0.parameters');
  });

  it('can not reach into prototypes', () => {
    const given: unknown = JSON.parse(
      JSON.stringify({ ...videoParameters(1), codecs: [{ ...codec, parameters: {} }] }).replace(
        '"parameters":{}',
        '"parameters":{"__proto__":{"polluted":1},"constructor":1}',
      ),
    );
    const result = rtpParametersSchema.safeParse(given);
    expect(({} as { polluted?: number }).polluted).to.equal(undefined);
    const parameters = result.data?.codecs[0]?.parameters ?? {};
    expect(Object.getPrototypeOf(parameters)).to.be.oneOf([Object.prototype, null]);
  });

  it('are parsed or refused whatever comes, and never throw', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        for (const schema of [rtpParametersSchema, rtpCapabilitiesSchema, dtlsParametersSchema]) {
          expect(schema.safeParse(value).success).to.equal(false);
        }
      }),
    );
  });
});

describe('RTP capabilities', () => {
  it('are taken as routers have them', () => {
    expect(rtpCapabilitiesSchema.parse(defaultRouterRtpCapabilities)).to.deep.equal(defaultRouterRtpCapabilities);
  });

  it('are refused with more codecs than anyone has', () => {
    const given = { codecs: many(65, defaultRouterRtpCapabilities.codecs[0]), headerExtensions: [] };
    expect(pathOf(rtpCapabilitiesSchema.safeParse(given))).to.equal('codecs');
  });
});

describe('DTLS parameters', () => {
  const value = many(32, 'aF').join(':');
  const cases: [says: string, fingerprints: unknown, taken: boolean][] = [
    ['with a fingerprint are taken', [{ algorithm: 'sha-256', value }], true],
    ['without a fingerprint are refused', [], false],
    ['with too many fingerprints are refused', many(9, { algorithm: 'sha-256', value }), false],
    ['with an unknown hash are refused', [{ algorithm: 'md5', value }], false],
    [
      'with a fingerprint without colons are refused',
      [{ algorithm: 'sha-256', value: value.replaceAll(':', '') }],
      false,
    ],
    ['with a fingerprint of two bytes are refused', [{ algorithm: 'sha-256', value: 'AB:CD' }], false],
  ];
  for (const [says, fingerprints, taken] of cases) {
    it(says, () => expect(dtlsParametersSchema.safeParse({ fingerprints }).success).to.equal(taken));
  }
});
