import { ChildService } from '../lib/childService.ts';
import { symmetricDelay, type LinkSettings } from './linkSettings.ts';
import type { RelayMethods, RelayOptions, RelayStatistics } from './relayProcess.ts';

/** A network does not wait for a processor. */
const NICENESS = -15;

/**
 * Stands between clients and a server and makes the network between them: delay, jitter, loss, rate, in user space and
 * in a process of its own.
 */
export class Relay {
  readonly #service: ChildService<RelayMethods>;

  static async open(options: RelayOptions): Promise<Relay> {
    const relay = new Relay();
    try {
      await relay.#service.call('open', options);
    } catch (error) {
      await relay.close();
      throw error;
    }
    return relay;
  }

  private constructor() {
    this.#service = new ChildService<RelayMethods>(new URL('relayProcess.ts', import.meta.url), {
      niceness: NICENESS,
    });
  }

  /** Changes what is given, for what comes from now on. */
  set(settings: { up?: Partial<LinkSettings>; down?: Partial<LinkSettings> }): Promise<void> {
    return this.#service.call('set', settings);
  }

  setRtt(rttMs: number): Promise<void> {
    return this.set(symmetricDelay(rttMs));
  }

  statistics(): Promise<RelayStatistics> {
    return this.#service.call('statistics', undefined as never);
  }

  firstPacketAt(ssrc: number): Promise<number | null> {
    return this.#service.call('firstPacketAt', ssrc);
  }

  close(): Promise<void> {
    return this.#service.close();
  }
}
