import type { Device, types } from 'mediasoup-client';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import {
  defaultRouterRtpCapabilities,
  defaultRouterRtpCapabilitiesId,
} from '../../../protocol/routerRtpCapabilities.ts';
import type { RtpCapabilities } from '../../../protocol/rtp.ts';
import { createDevice as createBrowserDevice } from './createDevice.ts';

/** What the browser and a router have in common. */
export interface LoadedDevice {
  device: Device;
  routerRtpCapabilitiesId: string;
}

export type DeviceFactory = () => Promise<Device>;

/**
 * Learns what the browser can send and receive, which takes 50 ms: at once, with the codecs that servers have by default,
 * and again only if a server turns out to have others.
 */
export class MediaDevice {
  readonly #createDevice: DeviceFactory;
  #loading: Promise<LoadedDevice>;
  #loaded: LoadedDevice | null = null;

  constructor(createDevice: DeviceFactory = createBrowserDevice) {
    this.#createDevice = createDevice;
    this.#loading = this.#load(defaultRouterRtpCapabilitiesId, defaultRouterRtpCapabilities);
    // Whoever asks for it hears of the failure.
    this.#loading.catch(() => undefined);
  }

  /** What was loaded last. */
  get loaded(): LoadedDevice | null {
    return this.#loaded;
  }

  /** What can be sent; nothing is known before it is loaded. */
  get sendCapabilities(): types.RtpCapabilities {
    return this.#loaded?.device.sendRtpCapabilities ?? {};
  }

  /** @throws ChaxiError browserUnsupported */
  ready(): Promise<LoadedDevice> {
    return this.#loading;
  }

  /** Loads other codecs, for this and later connections. @throws ChaxiError browserUnsupported */
  switchTo(id: string, capabilities: RtpCapabilities): Promise<LoadedDevice> {
    if (this.#loaded?.routerRtpCapabilitiesId !== id) this.#loading = this.#load(id, capabilities);
    return this.#loading;
  }

  async #load(routerRtpCapabilitiesId: string, routerRtpCapabilities: RtpCapabilities): Promise<LoadedDevice> {
    try {
      const device = await this.#createDevice();
      // mediasoup-client's type lists the header extensions it knows; the protocol leaves them open.
      await device.load({ routerRtpCapabilities: routerRtpCapabilities as types.RtpCapabilities });
      this.#loaded = { device, routerRtpCapabilitiesId };
      return this.#loaded;
    } catch (error) {
      throw new ChaxiError('browserUnsupported', { cause: error });
    }
  }
}
