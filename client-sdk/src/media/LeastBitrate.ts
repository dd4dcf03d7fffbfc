import type { types } from 'mediasoup-client';

/** What is used here of mediasoup-client's handlers for browsers with unified plan, and of its transports (3.24.1). */
interface Internals {
  _awaitQueue?: { push<T>(task: () => Promise<T>, name: string): Promise<T> };
  handler?: { _pc?: RTCPeerConnection; _remoteSdp?: { getSdp(): string } };
}

/**
 * Has the bandwidth estimation of what a transport sends stay above a bitrate, which Chromium takes from `x-google-min-bitrate` in the
 * answers that mediasoup-client makes for the server. Nothing of it goes over the network; but the encoders are set up anew, with a key frame.
 */
export class LeastBitrate {
  readonly #transport: types.Transport;
  #bps = 0;
  #wrapped: RTCPeerConnection | undefined;

  constructor(transport: types.Transport) {
    this.#transport = transport;
  }

  /** 0 leaves it as it was negotiated. @throws what the browser throws */
  async set(bps: number): Promise<void> {
    const { _awaitQueue: queue, handler } = this.#transport as unknown as Internals;
    const { _pc: connection, _remoteSdp: remoteSdp } = handler ?? {};
    if (bps === this.#bps || !queue || !connection || !remoteSdp) return;
    this.#bps = bps;
    this.#wrap(connection);
    // mediasoup-client negotiates one thing at a time.
    await queue.push(async () => {
      if (this.#transport.closed || connection.signalingState !== 'stable') return;
      await connection.setLocalDescription(await connection.createOffer());
      await connection.setRemoteDescription({ type: 'answer', sdp: remoteSdp.getSdp() });
    }, 'leastBitrate');
  }

  /** Also what mediasoup-client negotiates later keeps it. */
  #wrap(connection: RTCPeerConnection): void {
    if (this.#wrapped === connection) return;
    this.#wrapped = connection;
    const setRemoteDescription = connection.setRemoteDescription.bind(connection);
    connection.setRemoteDescription = (description) =>
      setRemoteDescription({ ...description, sdp: withLeastBitrate(description.sdp ?? '', this.#bps) });
  }
}

/** In the formats of video that have parameters of Chromium's bandwidth estimation. */
export function withLeastBitrate(sdp: string, bps: number): string {
  if (bps === 0) return sdp;
  const parameter = `x-google-min-bitrate=${Math.round(bps / 1_000)}`;
  return sdp.replaceAll(/^a=fmtp:\d+ .*x-google-start-bitrate=.*$/gm, (line) =>
    line.includes('x-google-min-bitrate=')
      ? line.replace(/x-google-min-bitrate=\d+/, parameter)
      : line.replace(/(\r?)$/, `;${parameter}$1`),
  );
}
