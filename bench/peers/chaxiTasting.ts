import { TastingRoom } from '../../client-sdk/src/index.ts';
import type { CreateTastingPeer } from './TastingPeer.ts';

/** A tasting by our SDK: the close-up with the profile that it has by itself. */
export const createChaxiTasting: CreateTastingPeer = ({ url, token, onTrack }) => {
  const room = new TastingRoom({ url, token });
  room.on('trackSubscribed', (track) => {
    onTrack({
      kind: track.kind,
      track: () => track.mediaStreamTrack,
      attach: (element) => track.attach(element),
    });
  });
  return {
    join: () => room.join(),
    async publish(closeUp, microphone) {
      await room.localParticipant.publish(microphone, { source: 'microphone' });
      await room.localParticipant.publish(closeUp, { source: 'teaCloseUp', codec: 'vp8' });
    },
  };
};
