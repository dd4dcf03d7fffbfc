import { inflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { encodeHello } from '../../../../client-sdk/src/signaling/encodeHello.ts';
import { helloSchema, type Hello } from '../../../../protocol/signaling.ts';
import {
  defaultRouterRtpCapabilities,
  defaultRouterRtpCapabilitiesId,
} from '../../../../protocol/routerRtpCapabilities.ts';

describe('encodeHello', () => {
  const hello: Hello = {
    intent: 'join',
    media: true,
    routerRtpCapabilitiesId: defaultRouterRtpCapabilitiesId,
    rtpCapabilities: defaultRouterRtpCapabilities,
    dtlsFingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }],
  };

  it('writes what the server reads back', async () => {
    const encoded = await encodeHello(hello);
    const decoded: unknown = JSON.parse(inflateRawSync(Buffer.from(encoded, 'base64url')).toString());
    expect(helloSchema.parse(decoded)).to.deep.equal(hello);
  });

  it('needs no escape in an address, and fits an upgrade many times over', async () => {
    const encoded = await encodeHello(hello);
    expect(encoded).to.match(/^[A-Za-z0-9_-]+$/);
    expect(encoded.length).to.be.lessThan(2_000);
  });
});
