import type { SourceOptions } from './FrameSource.ts';
import { withStartBitrate, type SendingSettings } from './sendingSettings.ts';
import { tastingReports, type TastingEnds } from './tastingReports.ts';
import { TastingRecorder } from './TastingRecorder.ts';
import { TastingSource } from './TastingSource.ts';
import { until } from './until.ts';

export interface DirectRequest {
  source: SourceOptions;
}

export interface DirectPublishRequest extends DirectRequest {
  sending: SendingSettings;
}

/** Other codecs than the one that is compared. */
const OTHER_CODECS = /VP9|AV1|H26/i;
/** `disconnected` may mend itself; our SDK waits as long. */
const DISCONNECTED_GRACE_MS = 2_000;

/**
 * One end of a tasting without a server: a plain RTCPeerConnection with what the browser does by itself, except for codec, bitrate and
 * start bitrate. The bench carries the descriptions. As applications do, it restarts ICE when the path is lost or the network changes.
 */
export function directProbe() {
  const ends: TastingEnds = {};
  const connection = new RTCPeerConnection();
  let startBitrateKbps: number | undefined;
  let restart = Promise.withResolvers<void>();
  let grace: ReturnType<typeof setTimeout> | undefined;
  const want = () => restart.resolve();
  addEventListener('online', want);
  connection.addEventListener('connectionstatechange', () => {
    clearTimeout(grace);
    if (connection.connectionState === 'failed') want();
    if (connection.connectionState === 'disconnected') grace = setTimeout(want, DISCONNECTED_GRACE_MS);
  });

  const described = async (): Promise<string> => {
    await connection.setLocalDescription();
    await until('the candidates', () => connection.iceGatheringState === 'complete');
    return connection.localDescription!.sdp;
  };

  return {
    ...tastingReports(ends),

    publishDirect({ source, sending }: DirectPublishRequest): void {
      const made = new TastingSource(source);
      ends.source = made;
      made.start();
      const { closeUp, microphone } = made;
      const streams = [new MediaStream([closeUp.track, microphone.track])];
      const { encoding } = sending;
      startBitrateKbps = sending.startBitrateKbps;
      connection.addTransceiver(microphone.track, { direction: 'sendonly', streams });
      const video = connection.addTransceiver(closeUp.track, {
        direction: 'sendonly',
        streams,
        sendEncodings: [encoding],
      });
      const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
      video.setCodecPreferences(codecs.filter(({ mimeType }) => !OTHER_CODECS.test(mimeType)));
    },

    watchDirect({ source }: DirectRequest): void {
      const recorder = new TastingRecorder(source);
      ends.recorder = recorder;
      connection.ontrack = ({ track }) => {
        recorder.play({
          kind: track.kind as 'video' | 'audio',
          track: () => track,
          attach: (element) => (element.srcObject = new MediaStream([track])),
        });
      };
    },

    /** Offers, with a new path where there was one. */
    offer(): Promise<string> {
      if (connection.remoteDescription) connection.restartIce();
      return described();
    },
    async answer(sdp: string): Promise<string> {
      await connection.setRemoteDescription({ type: 'offer', sdp });
      return described();
    },
    async accept(sdp: string): Promise<void> {
      const answer = withStartBitrate(sdp, { encoding: {}, startBitrateKbps });
      await connection.setRemoteDescription({ type: 'answer', sdp: answer });
    },

    async untilWatched(): Promise<void> {
      await until('picture and sound', () => ends.recorder?.complete === true);
    },
    /** Resolves when it is time for a new path; then asks anew. */
    async untilPathIsLost(): Promise<void> {
      await restart.promise;
      restart = Promise.withResolvers();
    },
  };
}

export type DirectMethods = ReturnType<typeof directProbe>;
