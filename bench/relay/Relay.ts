import { ChildService } from '../lib/childService.ts';
import type { Endpoint } from './Endpoint.ts';
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

  /** Opens one more place for datagrams, at a free port of `host`. @returns where clients send to */
  addUdp(host: string, target: Endpoint): Promise<Endpoint> {
    return this.#service.call('addUdp', { host, target });
  }

  /**
   * An outage: drops every datagram for `durationMs`, and holds streams until TCP would have got through again. @returns when it is
   * over, in milliseconds since 1970
   */
  cut(durationMs: number): Promise<number> {
    return this.#service.call('cut', durationMs);
  }

  /**
   * The clients have other addresses at once: their sockets get nothing through any more, and nobody resets them; new ones do. @returns
   * when that was, in milliseconds since 1970
   */
  changeAddresses(): Promise<number> {
    return this.#service.call('changeAddresses', undefined as never);
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
