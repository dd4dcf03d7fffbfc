import type { types } from 'mediasoup';
import { leastLoss, LossMemory, type LossCount } from './LossMemory.ts';

/** A transport to a worker, as far as it counts loss. */
export type CountingTransport = {
  getStats(): Promise<readonly Pick<types.WebRtcTransportStat, 'rtpPacketLossReceived' | 'rtpPacketLossSent'>[]>;
};
export type CountingProducer = Pick<types.Producer, 'kind' | 'paused' | 'getStats' | 'observer'>;

/**
 * How much is lost on the way of one publisher. Transport-wide sequence numbers, which only video carries, say it best: the
 * worker sums up some two seconds of them. It keeps that figure when no video comes any more, so then the sound has to tell.
 */
export class UplinkLoss {
  readonly #transport: CountingTransport;
  readonly #memories = new Map<CountingProducer, LossMemory>();

  constructor(transport: CountingTransport) {
    this.#transport = transport;
  }

  /** A producer of the transport, until it is closed. */
  add(producer: CountingProducer): void {
    this.#memories.set(producer, new LossMemory());
    producer.observer.once('close', () => this.#memories.delete(producer));
  }

  /** 0 to 1; undefined where too little comes to say, or sound is looked at for the first time in a while. */
  async ratio(): Promise<number | undefined> {
    const sent = [...this.#memories].filter(([{ paused }]) => !paused);
    const videos = await Promise.all(sent.filter(([{ kind }]) => kind === 'video').map(([video]) => video.getStats()));
    // Of the last two and a half seconds, whatever the publisher was told to send.
    if (videos.flat().some(({ bitrate }) => bitrate > 0)) {
      const [stats] = await this.#transport.getStats();
      return stats?.rtpPacketLossReceived;
    }
    const audios = sent.filter(([{ kind }]) => kind === 'audio');
    return leastLoss(
      await Promise.all(
        audios.map(async ([audio, memory]) => memory.take(lossOfProducer(await audio.getStats()), performance.now())),
      ),
    );
  }
}

/**
 * What was lost of a sound at the first attempt. A packet that is sent again comes in the same stream, so the worker counts it
 * as repaired, and not as lost any more.
 */
export function lossOfProducer(
  stats: readonly Pick<types.ProducerStat, 'packetCount' | 'packetsLost' | 'packetsRepaired'>[],
): LossCount {
  const [{ packetCount, packetsLost, packetsRepaired } = { packetCount: 0, packetsLost: 0, packetsRepaired: 0 }] =
    stats;
  return { packets: packetCount + packetsLost, lost: packetsLost + packetsRepaired };
}
