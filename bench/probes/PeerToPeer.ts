import type { PeerVideo } from '../peers/Peer.ts';

/** Two connections in one page, nothing between them: the least latency that this browser has. */
export class PeerToPeer {
  readonly #sender = new RTCPeerConnection();
  readonly #receiver = new RTCPeerConnection();

  /** Sends a track as VP8 with this encoding. */
  async connect(
    track: MediaStreamTrack,
    encoding: RTCRtpEncodingParameters,
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
    const transceiver = this.#sender.addTransceiver(track, { direction: 'sendonly', sendEncodings: [encoding] });
    const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
    transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => /VP8|rtx/i.test(mimeType)));
    await this.#sender.setLocalDescription();
    await this.#receiver.setRemoteDescription(this.#sender.localDescription!);
    await this.#receiver.setLocalDescription();
    await this.#sender.setRemoteDescription(this.#receiver.localDescription!);
  }

  close(): void {
    this.#sender.close();
    this.#receiver.close();
  }
}
