import type { Page } from 'puppeteer-core';
import type { LinkSettings } from '../../bench/relay/linkSettings.ts';
import { idealLink } from '../../bench/relay/linkSettings.ts';
import { Relay } from '../../bench/relay/Relay.ts';

/** Where the relay listens; the node itself is at 127.0.0.1. */
export const RELAY_ADDRESS = '127.0.0.2';

/** A network that can be made bad, for the media of those pages that are put behind it; the others reach the node directly. */
export class WeakNetwork {
  readonly #relay: Relay;

  /** @param mediaPorts Of the node */
  static async open(mediaPorts: readonly number[]): Promise<WeakNetwork> {
    const routes = mediaPorts.map((port) => ({
      listen: { host: RELAY_ADDRESS, port },
      target: { host: '127.0.0.1', port },
    }));
    return new WeakNetwork(await Relay.open({ udp: routes, tcp: routes, seed: 1 }));
  }

  private constructor(relay: Relay) {
    this.#relay = relay;
  }

  /** Before the page makes its connections: from then on it takes the relay for the node. */
  async putBehind(page: Page): Promise<void> {
    await page.evaluate((address) => {
      const { prototype } = RTCPeerConnection;
      const set = prototype.setRemoteDescription;
      prototype.setRemoteDescription = function ({ type, sdp = '' }: RTCSessionDescriptionInit) {
        const description = { type, sdp: sdp.replaceAll('127.0.0.1', address) };
        return Reflect.apply(set, this, [description]) as Promise<void>;
      };
    }, RELAY_ADDRESS);
  }

  /** Makes both directions like this, and whatever is not said ideal. */
  become(link: Partial<LinkSettings>): Promise<void> {
    return this.#relay.set({ up: { ...idealLink, ...link }, down: { ...idealLink, ...link } });
  }

  close(): Promise<void> {
    return this.#relay.close();
  }
}
