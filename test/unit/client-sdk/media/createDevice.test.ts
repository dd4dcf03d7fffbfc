import { expect } from 'chai';
import { Device, FakeHandler, testFakeParameters, type types } from 'mediasoup-client';
import { withAllExtensions } from '../../../../client-sdk/src/media/createDevice.ts';

describe('withAllExtensions', () => {
  const mid = 'urn:ietf:params:rtp-hdrext:sdes:mid';

  /** A handler that, as the real ones do, tells of an extension of both kinds for video only. */
  function forgetful(): types.HandlerFactory {
    const factory = FakeHandler.createFactory(testFakeParameters);
    return {
      ...factory,
      getNativeRtpCapabilities: async (options) => {
        const { headerExtensions = [], ...rest } = await factory.getNativeRtpCapabilities(options);
        return {
          ...rest,
          headerExtensions: headerExtensions.filter(({ kind, uri }) => kind === 'video' || uri !== mid),
        };
      },
    };
  }
  const midsReceived = async (handlerFactory: types.HandlerFactory) => {
    const device = new Device({ handlerFactory });
    await device.load({ routerRtpCapabilities: testFakeParameters.generateRouterRtpCapabilities() });
    return device.recvRtpCapabilities.headerExtensions?.filter(({ uri }) => uri === mid).map(({ kind }) => kind);
  };

  it('lets audio and video be told apart by what they share', async () => {
    expect(await midsReceived(forgetful())).to.deep.equal(['video']);
    expect(await midsReceived(withAllExtensions(forgetful(), () => new Set([mid])))).to.have.members([
      'audio',
      'video',
    ]);
  });
});
