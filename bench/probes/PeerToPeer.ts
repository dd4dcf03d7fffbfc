import type { PeerVideo } from '../peers/Peer.ts';
import { applyDegradationPreference, withStartBitrate, type SendingSettings } from './sendingSettings.ts';

/** Two connections in one page, nothing between them: the least latency that this browser has. */
export class PeerToPeer {
  readonly #sender = new RTCPeerConnection();
  readonly #receiver = new RTCPeerConnection();

  /** Sends a track as VP8 with these settings. */
  async connect(
    track: MediaStreamTrack,
    settings: SendingSettings,
    onVideo: (video: PeerVideo) => void,
  ): Promise<void> {
    this.#sender.onicecandidate = ({ candidate }) => void this.#receiver.addIceCandidate(candidate ?? undefined);
    this.#receiver.onicecandidate = ({ candidate }) => void this.#sender.addIceCandidate(candidate ?? undefined);
    this.#receiver.ontrack = ({ track: received }) => {
      onVideo({
        identity: 'floor',
        track: received,
        attach: (element) => (element.srcObject = new MediaStream([received])),
      });
    };
    const transceiver = this.#sender.addTransceiver(track, {
      direction: 'sendonly',
      sendEncodings: [settings.encoding],
    });
    const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
    transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => /VP8|rtx/i.test(mimeType)));
    await this.#sender.setLocalDescription();
    await this.#receiver.setRemoteDescription(this.#sender.localDescription!);
    await this.#receiver.setLocalDescription();
    const { sdp } = this.#receiver.localDescription!;
    await this.#sender.setRemoteDescription({ type: 'answer', sdp: withStartBitrate(sdp, settings) });
    await applyDegradationPreference(transceiver.sender, settings);
  }

  close(): void {
    this.#sender.close();
    this.#receiver.close();
  }
}
