import { expect } from 'chai';
import { Device, FakeHandler, testFakeParameters, type types } from 'mediasoup-client';
import { withOurExtensions } from '../../../../client-sdk/src/media/createDevice.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';

describe('withOurExtensions', () => {
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
    expect(await midsReceived(withOurExtensions(forgetful(), () => new Set([mid])))).to.have.members([
      'audio',
      'video',
    ]);
  });

  it('sends audio that the bandwidth estimation does not count, and video that it does', async () => {
    const counted = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
    const { headerExtensions = [], ...rest } = testFakeParameters.generateNativeRtpCapabilities();
    const extensions = (['audio', 'video'] as const).map((kind) => ({ kind, uri: counted, preferredId: 5 }) as const);
    const parameters = {
      ...testFakeParameters,
      generateNativeRtpCapabilities: () => ({ ...rest, headerExtensions: [...headerExtensions, ...extensions] }),
    };
    const device = new Device({
      handlerFactory: withOurExtensions(FakeHandler.createFactory(parameters), () => new Set()),
    });
    const router = testFakeParameters.generateRouterRtpCapabilities();
    const routerRtpCapabilities = {
      ...router,
      headerExtensions: [...(router.headerExtensions ?? []).filter(({ uri }) => uri !== counted), ...extensions],
    };
    await device.load({ routerRtpCapabilities });
    const transport = device.createSendTransport(testFakeParameters.generateTransportRemoteParameters());
    transport.on('connect', (_, callback) => callback());
    transport.on('produce', ({ kind }, callback) => callback({ id: kind }));
    const isCounted = async (kind: types.MediaKind) => {
      const { rtpParameters } = await transport.produce({ track: fakeTrack(kind), stopTracks: false });
      return (rtpParameters.headerExtensions ?? []).some(({ uri }) => uri === counted);
    };
    expect([await isCounted('audio'), await isCounted('video')]).to.deep.equal([false, true]);
    transport.close();
  });
});
