import type { MediaTransport } from '../media/MediaTransport.ts';
import { PooledLoss } from './PooledLoss.ts';
import { selectedPair } from './selectedPair.ts';
import { StatsMemory } from './StatsMemory.ts';
import type { StatsEntry, StatsReader } from './statsReader.ts';

/** One reading of a transport, and what it says of the path. */
export interface LinkReading {
  reader: StatsReader;
  loss: PooledLoss;
  roundTripTimeMs: number | undefined;
  blocked: boolean;
}

/**
 * So many intervals without a single byte or answer mean that nothing gets through. Chromium asks for an answer every 2.5 s on
 * a path that works, and more often where it doubts (ICE consent, RFC 7675).
 */
const BLOCKED_AFTER = 2;

/** Reads one transport again and again, by one `getStats()` for all that goes over it. */
export class LinkMeter {
  readonly #memory = new StatsMemory();
  #transport: MediaTransport | null = null;
  #loss = new PooledLoss();
  #silentIntervals = 0;

  /** Null where the transport is closed. */
  async read(transport: MediaTransport): Promise<LinkReading | null> {
    if (transport !== this.#transport) {
      this.#transport = transport;
      this.#loss = new PooledLoss();
      this.#silentIntervals = 0;
    }
    const reader = await this.#memory.read(transport.transport);
    if (!reader) return null;
    const pair = selectedPair(reader);
    const heard = pair && reader.growth(pair, 'bytesReceived') + reader.growth(pair, 'responsesReceived') > 0;
    this.#silentIntervals = heard ? 0 : this.#silentIntervals + 1;
    const broken = transport.state === 'failed' || transport.state === 'disconnected';
    return {
      reader,
      loss: this.#loss,
      roundTripTimeMs: pair && roundTripTimeMs(reader, pair),
      blocked: broken || this.#silentIntervals >= BLOCKED_AFTER,
    };
  }
}

/** The mean of the interval where it has answers, else the last one. */
function roundTripTimeMs(reader: StatsReader, pair: StatsEntry): number | undefined {
  const answers = reader.growth(pair, 'responsesReceived');
  const seconds = answers > 0 ? reader.growth(pair, 'totalRoundTripTime') / answers : pair['currentRoundTripTime'];
  return typeof seconds === 'number' ? seconds * 1_000 : undefined;
}
