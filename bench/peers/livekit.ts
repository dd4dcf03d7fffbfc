import { Room, RoomEvent, Track } from 'livekit-client';
import type { CreatePeer } from './Peer.ts';

/** LiveKit by its client SDK, with its default options. */
export const createLiveKitPeer: CreatePeer = ({ url, token, start, onVideo }) => {
  const room = new Room();
  let clickedAtMs = 0;
  let answerMs: number | undefined;
  room.on(RoomEvent.SignalConnected, () => (answerMs = performance.now() - clickedAtMs));
  room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
    if (track.kind !== Track.Kind.Video) return;
    onVideo({
      identity: participant.identity,
      track: track.mediaStreamTrack,
      attach: (element) => track.attach(element),
    });
  });
  return {
    async prepare() {
      if (start === 'warm') await room.prepareConnection(url, token);
    },
    async join() {
      clickedAtMs = performance.now();
      await room.connect(url, token);
    },
    async publish(track, { maxBitrateBps, simulcast }) {
      const frameRate = 30;
      await room.localParticipant.publishTrack(track, {
        source: Track.Source.Camera,
        videoCodec: 'vp8',
        simulcast,
        ...(maxBitrateBps && { videoEncoding: { maxBitrate: maxBitrateBps, maxFramerate: frameRate } }),
      });
    },
    stages: () => Promise.resolve({ answerMs }),
    leave: () => room.disconnect(),
  };
};
