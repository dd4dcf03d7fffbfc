import { Device, type types } from 'mediasoup-client';
import { Peer as ProtooPeer, WebSocketTransport } from 'protoo-client';
import { encodeHello } from '../../client-sdk/src/signaling/encodeHello.ts';
import { signalingUrl } from '../../client-sdk/src/signaling/signalingUrl.ts';
import type { RtpCapabilities, RtpParameters } from '../../protocol/rtp.ts';
import type { MediaInfo, RequestInput, RequestMethod, ResponseData, Snapshot } from '../../protocol/signaling.ts';
import type { CreatePeer } from './Peer.ts';

/**
 * The order of mediasoup-demo (app/src/RoomClient, 2024), one request after another, against our own server: capabilities, a
 * transport to send, one to receive, join, connect. What our server tells in one answer is asked for each time anew (`join`
 * sent again answers the present snapshot), so that each step costs the round trip that it costs there.
 */
export const createNaivePeer: CreatePeer = ({ url, token, onVideo }) => {
  let protoo: ProtooPeer | undefined;
  let sendTransport: types.Transport | undefined;
  let clickedAtMs = 0;
  const stages: { socketMs?: number; answerMs?: number } = {};

  const request = async <M extends RequestMethod>(method: M, data: RequestInput<M>): Promise<ResponseData<M>> =>
    (await protoo?.request(method, data)) as ResponseData<M>;
  const mediaOf = ({ media }: Snapshot): MediaInfo => {
    if (!media) throw new Error('There is no media in the snapshot.');
    return media;
  };
  /** The handshake waits for the server's answer, as it does in the demo. */
  const connectWhenUsed = (transport: types.Transport) => {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      request('connectTransport', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
    });
  };

  return {
    prepare: () => Promise.resolve(),
    async join() {
      clickedAtMs = performance.now();
      const hello = await encodeHello({
        intent: 'prepare',
        media: false,
        routerRtpCapabilitiesId: 'none',
        rtpCapabilities: { codecs: [], headerExtensions: [] },
      });
      const peer = new ProtooPeer(
        new WebSocketTransport(signalingUrl(url, token, hello), { retry: { retries: 0, factor: 1, minTimeout: 1 } }),
      );
      protoo = peer;
      let welcome: Snapshot | undefined;
      await new Promise<void>((resolve, reject) => {
        peer.on('open', () => (stages.socketMs = performance.now() - clickedAtMs));
        peer.on('failed', () => reject(new Error('The socket does not open.')));
        peer.on('notification', ({ method, data }) => {
          if (method === 'closed') reject(new Error(JSON.stringify(data)));
          if (method === 'welcome') welcome = data as Snapshot;
          if (welcome) resolve();
        });
      });

      const capabilities = mediaOf(await request('join', {})).routerRtpCapabilities;
      const device = await Device.factory();
      await device.load({ routerRtpCapabilities: capabilities as types.RtpCapabilities });
      const { send } = mediaOf(await request('join', {}));
      if (send) {
        sendTransport = device.createSendTransport(send as types.TransportOptions);
        connectWhenUsed(sendTransport);
        sendTransport.on('produce', ({ kind, rtpParameters }, done, failed) => {
          const parameters = rtpParameters as RtpParameters;
          request('produce', { kind, source: 'camera', rtpParameters: parameters }).then(
            ({ producerId }) => done({ id: producerId }),
            failed,
          );
        });
      }
      const { recv } = mediaOf(await request('join', {}));
      if (!recv) throw new Error('The token does not allow to subscribe.');
      const transport = device.createRecvTransport(recv as types.TransportOptions);
      connectWhenUsed(transport);
      const { media, participants } = await request('join', {
        rtpCapabilities: device.recvRtpCapabilities as RtpCapabilities,
      });
      stages.answerMs = performance.now() - clickedAtMs;
      for (const { consumerId, producerId, participantId, kind, rtpParameters } of media?.consumers ?? []) {
        const parameters = rtpParameters as types.RtpParameters;
        const { track } = await transport.consume({ id: consumerId, producerId, kind, rtpParameters: parameters });
        if (kind !== 'video') continue;
        onVideo({
          identity: participants.find((participant) => participant.participantId === participantId)?.identity ?? '',
          track,
          attach: (element) => (element.srcObject = new MediaStream([track])),
        });
      }
    },
    async publish(track, { maxBitrateBps }) {
      const encodings = maxBitrateBps === undefined ? undefined : [{ maxBitrate: maxBitrateBps }];
      await sendTransport?.produce({ track, encodings });
    },
    stages: () => Promise.resolve(stages),
    async leave() {
      await request('leave', {});
      protoo?.close();
    },
  };
};
