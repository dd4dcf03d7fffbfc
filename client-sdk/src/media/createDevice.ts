import { detectDeviceAsync, Device, type types } from 'mediasoup-client';
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111';
import { Chrome74 } from 'mediasoup-client/handlers/Chrome74';
import { Firefox120 } from 'mediasoup-client/handlers/Firefox120';
import { Safari12 } from 'mediasoup-client/handlers/Safari12';
import { audioOutsideEstimation } from './audioOutsideEstimation.ts';
import { browserExtensions, completeHeaderExtensions, type SupportedExtensions } from './completeHeaderExtensions.ts';

const handlers: Readonly<Record<string, { createFactory(options: object): types.HandlerFactory }>> = {
  Chrome111,
  Chrome74,
  Firefox120,
  Safari12,
};

/** A device for this browser. @throws TypeError for a browser that mediasoup-client does not know */
export async function createDevice(): Promise<Device> {
  const handler = handlers[(await detectDeviceAsync()) ?? ''];
  if (!handler) throw new TypeError('this browser is not supported');
  return new Device({ handlerFactory: withOurExtensions(handler.createFactory({}), browserExtensions) });
}

/** Completes the capabilities wherever a handler reads them from an SDP, and leaves out what audio shall not be sent with. */
export function withOurExtensions(factory: types.HandlerFactory, supported: SupportedExtensions): types.HandlerFactory {
  return {
    name: factory.name,
    factory: (options) =>
      factory.factory({
        ...options,
        getSendExtendedRtpCapabilities: (native) =>
          audioOutsideEstimation(options.getSendExtendedRtpCapabilities(completeHeaderExtensions(native, supported))),
      }),
    getNativeRtpCapabilities: async (options) =>
      completeHeaderExtensions(await factory.getNativeRtpCapabilities(options), supported),
  };
}
