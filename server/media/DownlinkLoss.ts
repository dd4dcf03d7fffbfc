import type { types } from 'mediasoup';
import { leastLoss, LossMemory, type LossCount } from './LossMemory.ts';
import { lossOfProducer, type CountingProducer, type CountingTransport } from './UplinkLoss.ts';

export type CountingConsumer = Pick<types.Consumer, 'kind' | 'paused' | 'producerPaused' | 'getStats' | 'observer'>;

interface Received {
  /** Where it comes from, on whatever router. */
  producer: Pick<CountingProducer, 'getStats'>;
  memory: LossMemory;
}

/** How much is lost on the way to one who watches or listens: as for UplinkLoss, only video has transport-wide sequence numbers. */
export class DownlinkLoss {
  readonly #transport: CountingTransport;
  readonly #received = new Map<CountingConsumer, Received>();

  constructor(transport: CountingTransport) {
    this.#transport = transport;
  }

  /** A consumer of the transport, until it is closed, and what it consumes. */
  add(consumer: CountingConsumer, producer: Received['producer']): void {
    this.#received.set(consumer, { producer, memory: new LossMemory() });
    consumer.observer.once('close', () => this.#received.delete(consumer));
  }

  /** 0 to 1; undefined where too little is sent to say, or sound is looked at for the first time in a while. */
  async ratio(): Promise<number | undefined> {
    const received = [...this.#received].filter(([{ paused, producerPaused }]) => !paused && !producerPaused);
    const videos = received.filter(([{ kind }]) => kind === 'video').map(([video]) => sentStats(video));
    if ((await Promise.all(videos)).some((stats) => stats && stats.bitrate > 0)) {
      const [stats] = await this.#transport.getStats();
      return stats?.rtpPacketLossSent;
    }
    const audios = received.filter(([{ kind }]) => kind === 'audio');
    return leastLoss(
      await Promise.all(
        audios.map(async ([audio, { producer, memory }]) => {
          const [sent, published] = await Promise.all([sentStats(audio), producer.getStats()]);
          return sent && memory.take(lossOnTheWayDown(sent, lossOfProducer(published)), performance.now());
        }),
      ),
    );
  }
}

async function sentStats(consumer: CountingConsumer): Promise<types.ConsumerStat | undefined> {
  // Those of the producer, or of the pipe that it comes through, follow.
  const [sent] = await consumer.getStats();
  return sent;
}

/**
 * A packet that the publisher's way has lost is missed here too, and while it is fetched it may be asked for once more, so all of
 * those are taken off. Where both ways are bad that is too much; the publisher's then is the one that is shown.
 */
function lossOnTheWayDown(
  { packetCount, packetsLost, packetsRepaired }: types.ConsumerStat,
  published: LossCount,
): LossCount {
  return { packets: packetCount, lost: packetsLost + packetsRepaired - published.lost };
}
