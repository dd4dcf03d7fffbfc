import { PooledLoss } from './PooledLoss.ts';
import { selectedPair } from './selectedPair.ts';
import { StatsMemory, type Measurable } from './StatsMemory.ts';
import type { StatsEntry, StatsReader } from './statsReader.ts';

/** A MediaTransport, as far as it is measured. */
export interface MeasuredTransport {
  readonly transport: Measurable;
  readonly state: RTCPeerConnectionState;
  readonly broken: boolean;
}

/** One reading of a transport, and what it says of the path. */
export interface LinkReading {
  reader: StatsReader;
  loss: PooledLoss;
  roundTripTimeMs: number | undefined;
  blocked: boolean;
}

/** So many readings in a row of a path that is broken, or not found yet. */
const BLOCKED_AFTER = 2;

/** Reads one transport again and again, by one `getStats()` for all that goes over it. */
export class LinkMeter {
  readonly #memory = new StatsMemory();
  #transport: MeasuredTransport | null = null;
  #loss = new PooledLoss();
  #brokenReadings = 0;

  /** Null where the transport is closed. */
  async read(transport: MeasuredTransport): Promise<LinkReading | null> {
    if (transport !== this.#transport) {
      this.#transport = transport;
      this.#loss = new PooledLoss();
      this.#brokenReadings = 0;
    }
    const reader = await this.#memory.read(transport.transport);
    if (!reader) return null;
    const pair = selectedPair(reader);
    const broken = transport.broken || transport.state === 'connecting';
    this.#brokenReadings = broken ? this.#brokenReadings + 1 : 0;
    return {
      reader,
      loss: this.#loss,
      roundTripTimeMs: pair && roundTripTimeMs(reader, pair),
      blocked: this.#brokenReadings >= BLOCKED_AFTER,
    };
  }
}

/** The mean of the interval where it has answers, else the last one. */
function roundTripTimeMs(reader: StatsReader, pair: StatsEntry): number | undefined {
  const answers = reader.growth(pair, 'responsesReceived');
  const seconds = answers > 0 ? reader.growth(pair, 'totalRoundTripTime') / answers : pair['currentRoundTripTime'];
  return typeof seconds === 'number' ? seconds * 1_000 : undefined;
}
