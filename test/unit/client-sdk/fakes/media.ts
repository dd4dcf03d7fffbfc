import { Device, FakeHandler, testFakeParameters, type types } from 'mediasoup-client';
import { MediaTransport, type MediaTransportControls } from '../../../../client-sdk/src/media/MediaTransport.ts';
import type { ConsumerInfo, TransportOptions } from '../../../../protocol/signaling.ts';

const opened = new Set<MediaTransport>();

/** A device over mediasoup-client's fake handler, loaded. */
export async function fakeDevice(): Promise<Device> {
  const device = new Device({ handlerFactory: FakeHandler.createFactory(testFakeParameters) });
  await device.load({ routerRtpCapabilities: testFakeParameters.generateRouterRtpCapabilities() });
  return device;
}

export function transportOptions(id: string): TransportOptions {
  const { iceParameters, iceCandidates, dtlsParameters } = testFakeParameters.generateTransportRemoteParameters();
  return { id, iceParameters, iceCandidates, dtlsParameters } as TransportOptions;
}

export function mediaTransport(
  device: Device,
  direction: 'send' | 'recv',
  id: string,
  controls: Partial<MediaTransportControls> = {},
): MediaTransport {
  const options = transportOptions(id) as types.TransportOptions;
  const transport = new MediaTransport(
    direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options),
    options.iceParameters.usernameFragment,
    {
      connect: () => undefined,
      untilLive: () => Promise.resolve(),
      restartIce: () => Promise.resolve(options.iceParameters),
      ...controls,
    },
  );
  opened.add(transport);
  return transport;
}

let consumers = 0;

/** A consumer of a VP8 video, or of Opus, that the fake device can receive. */
export function consumerInfo(change: Partial<ConsumerInfo> = {}): ConsumerInfo {
  const kind = change.kind ?? 'video';
  const { id, producerId, rtpParameters } = testFakeParameters.generateConsumerRemoteParameters({
    codecMimeType: kind === 'video' ? 'video/VP8' : 'audio/opus',
  });
  return {
    consumerId: `${id}-${++consumers}`,
    producerId,
    participantId: 'anna',
    kind,
    source: kind === 'video' ? 'camera' : 'microphone',
    rtpParameters: rtpParameters as ConsumerInfo['rtpParameters'],
    type: 'simple',
    paused: false,
    ...change,
  };
}

/** Closes every transport that was made, whose deadlines would keep the process. */
export function closeTransports(): void {
  for (const transport of opened) transport.close();
  opened.clear();
}
