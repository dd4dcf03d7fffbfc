import { NETWORK_REPORT_INTERVAL_MS } from '../../../protocol/constants.ts';
import type { NetworkReport } from '../../../protocol/networkReport.ts';
import type { Logger } from '../Logger.ts';
import type { WantedBitrate } from '../media/wantedBitrate.ts';
import { LinkMeter, type MeasuredTransport } from '../stats/LinkMeter.ts';
import { measureDownlink, measureUplink } from '../stats/measureNetwork.ts';

export interface NetworkReporterOptions {
  logger: Logger;
  /** The room is entered and its socket is there. */
  isReady: () => boolean;
  link: { readonly send: MeasuredTransport | null; readonly recv: MeasuredTransport | null };
  /** Null while nothing is to be sent. */
  wanted: () => WantedBitrate | null;
  isReceiving: () => boolean;
  send: (report: NetworkReport) => void;
}

const nothing: NetworkReport = { up: null, down: null };

/** Tells the server every other second how the network looks from this page, while media flows. */
export class NetworkReporter {
  readonly #options: NetworkReporterOptions;
  readonly #up = new LinkMeter();
  readonly #down = new LinkMeter();
  readonly #aborter = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The last report was one of media that flows, so the server waits for the next. */
  #reported = false;
  #closed = false;

  constructor(options: NetworkReporterOptions) {
    this.#options = options;
    // A page that is frozen says nothing more, which is no fault of its network.
    document.addEventListener('freeze', () => this.#pause(), { signal: this.#aborter.signal });
  }

  /** Does nothing where it runs already. */
  start(): void {
    if (this.#timer === undefined && !this.#closed) this.#schedule();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#aborter.abort();
  }

  #schedule(): void {
    this.#timer = setTimeout(() => void this.#tick(), NETWORK_REPORT_INTERVAL_MS);
  }

  async #tick(): Promise<void> {
    const report = await this.#measure().catch((error: unknown) => {
      this.#options.logger.debug('the network was not measured', error);
      return null;
    });
    if (this.#closed) return;
    this.#schedule();
    if (!report || !this.#options.isReady()) return;
    if (report.up || report.down) {
      this.#reported = true;
      this.#options.send(report);
    } else {
      this.#pause();
    }
  }

  async #measure(): Promise<NetworkReport> {
    const { link, isReceiving } = this.#options;
    const wanted = this.#options.wanted();
    const [up, down] = await Promise.all([
      link.send && wanted ? this.#up.read(link.send) : null,
      link.recv && isReceiving() ? this.#down.read(link.recv) : null,
    ]);
    return { up: up && wanted && measureUplink(up, wanted), down: down && measureDownlink(down) };
  }

  #pause(): void {
    if (!this.#reported || !this.#options.isReady()) return;
    this.#reported = false;
    this.#options.send(nothing);
  }
}
