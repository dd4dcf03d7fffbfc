import type { Page } from 'puppeteer-core';
import { videoPublishPlan } from '../../client-sdk/src/policies/publishPolicy.ts';
import type { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import { RELAY_ADDRESS } from '../lib/Target.ts';
import type { Size } from '../options.ts';
import type { DirectMethods } from '../probes/directProbe.ts';
import type { SendingSettings } from '../probes/sendingSettings.ts';
import type { Endpoint } from '../relay/Endpoint.ts';
import { Relay } from '../relay/Relay.ts';
import { FRAME_RATE } from './pages.ts';
import { mapCandidates } from './sdpCandidates.ts';
import { withTwoPages, type WeakContender } from './weakCalls.ts';
import { linksOf, weakConditions, type WeakEnd } from './weakConditions.ts';

interface DirectOptions {
  browser: Browser;
  pageUrl: string;
  source: Size;
  seed: number;
}

/** From peer to peer, through a relay of the same kind before the weak end. */
export function directContender({ browser, pageUrl, source, seed }: DirectOptions): WeakContender {
  const made = { ...source, frameRate: FRAME_RATE };
  return {
    peer: 'p2p',
    versions: {},
    async open(end) {
      const relay = await Relay.open({ udp: [], tcp: [], seed });
      try {
        await relay.set(linksOf(weakConditions.clean, end));
        return await withTwoPages(browser, pageUrl, async (publisher, watcher) => {
          const call = new DirectCall({ publisher, watcher, relay, end });
          const sending = sendingOf(source);
          await callProbe<DirectMethods, 'publishDirect'>(publisher, 'publishDirect', { source: made, sending });
          await callProbe<DirectMethods, 'watchDirect'>(watcher, 'watchDirect', { source: made });
          await call.negotiate();
          await callProbe<DirectMethods, 'untilWatched'>(watcher, 'untilWatched', undefined as never);
          call.keepPath();
          return {
            relay,
            end: () => {
              call.close();
              return relay.close();
            },
          };
        });
      } catch (error) {
        await relay.close();
        throw error;
      }
    },
  };
}

/** One resolution, with the bitrates that our SDK gives to it; what gives way on a weak link is left to the browser. */
function sendingOf({ width, height }: Size): SendingSettings {
  const { encodings, startBitrateKbps } = videoPublishPlan({
    ...{ source: 'teaCloseUp', profile: 'tea', codec: 'vp8', simulcast: false },
    ...{ width, height, frameRate: FRAME_RATE },
  });
  return { encoding: { maxBitrate: encodings[0]?.maxBitrate }, startBitrateKbps };
}

/** Carries descriptions between two pages; its signaling is never weak. */
class DirectCall {
  readonly #options: { publisher: Page; watcher: Page; relay: Relay; end: WeakEnd };
  #negotiating: Promise<void> | undefined;
  #closed = false;

  constructor(options: { publisher: Page; watcher: Page; relay: Relay; end: WeakEnd }) {
    this.#options = options;
  }

  async negotiate(): Promise<void> {
    const { publisher, watcher, end } = this.#options;
    const offer = await callProbe<DirectMethods, 'offer'>(publisher, 'offer', undefined as never);
    const toWatcher = await this.#routed(offer, end === 'down');
    const answer = await callProbe<DirectMethods, 'answer'>(watcher, 'answer', toWatcher);
    const toPublisher = await this.#routed(answer, end === 'up');
    await callProbe<DirectMethods, 'accept'>(publisher, 'accept', toPublisher);
  }

  /** Negotiates a new path whenever one of the pages has lost it. */
  keepPath(): void {
    for (const page of [this.#options.publisher, this.#options.watcher]) void this.#keepPathOf(page);
  }

  close(): void {
    this.#closed = true;
  }

  async #keepPathOf(page: Page): Promise<void> {
    try {
      while (!this.#closed) {
        await callProbe<DirectMethods, 'untilPathIsLost'>(page, 'untilPathIsLost', undefined as never);
        this.#negotiating ??= this.negotiate().finally(() => (this.#negotiating = undefined));
        await this.#negotiating;
      }
    } catch {
      // The page has been closed.
    }
  }

  /** The weak end is told the relay instead of the other end, and the other end nothing: packets through the relay tell it enough. */
  async #routed(sdp: string, weak: boolean): Promise<string> {
    const places = new Map<number, Endpoint>();
    return mapCandidates(sdp, async ({ host, port }) => {
      if (!weak || host !== '127.0.0.1') return null;
      const place = places.get(port) ?? (await this.#options.relay.addUdp(RELAY_ADDRESS, { host, port }));
      places.set(port, place);
      return place;
    });
  }
}
