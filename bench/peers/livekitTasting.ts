import { Room, RoomEvent, Track } from 'livekit-client';
import type { CreateTastingPeer } from './TastingPeer.ts';

/** The same by LiveKit's client SDK with its default options, which send VP8 with simulcast. */
export const createLiveKitTasting: CreateTastingPeer = ({ url, token, onTrack }) => {
  const room = new Room();
  room.on(RoomEvent.TrackSubscribed, (track) => {
    onTrack({
      kind: track.kind === Track.Kind.Video ? 'video' : 'audio',
      track: () => track.mediaStreamTrack,
      attach: (element) => track.attach(element),
    });
  });
  return {
    join: () => room.connect(url, token),
    async publish(closeUp, microphone) {
      await room.localParticipant.publishTrack(microphone, { source: Track.Source.Microphone });
      await room.localParticipant.publishTrack(closeUp, { source: Track.Source.Camera, videoCodec: 'vp8' });
    },
  };
};
