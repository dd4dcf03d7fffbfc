import { TastingRoom } from '../../client-sdk/src/index.ts';
import { peerConnections } from '../probes/peerConnections.ts';
import { until } from '../probes/until.ts';
import type { CreatePeer } from './Peer.ts';

/** Chaxi by its public SDK. */
export const createChaxiPeer: CreatePeer = ({ url, token, start, onVideo }) => {
  const room = new TastingRoom({ url, token });
  room.on('trackSubscribed', (track, participant) => {
    if (track.kind !== 'video') return;
    onVideo({
      identity: participant.identity,
      track: track.mediaStreamTrack,
      attach: (element) => track.attach(element),
    });
  });
  return {
    async prepare() {
      if (start === 'warm') await room.prepare();
      if (start !== 'hot') return;
      await room.prepare({ media: true });
      await until('transports to connect', () =>
        peerConnections.some(({ connectionState }) => connectionState === 'connected'),
      );
    },
    join: () => room.join(),
    async publish(track, settings) {
      await room.localParticipant.publish(track, { source: 'camera', codec: 'vp8', ...settings });
    },
    async stages() {
      await until('the timing of the join', () => room.joinTiming !== null, 1_000).catch(() => undefined);
      return { ...room.joinTiming };
    },
    leave: () => room.leave(),
  };
};
