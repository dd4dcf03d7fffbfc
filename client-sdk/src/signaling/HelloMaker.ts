import type { Hello } from '../../../protocol/signaling.ts';
import type { DtlsIdentity } from '../media/DtlsIdentity.ts';
import type { MediaDevice } from '../media/MediaDevice.ts';
import { encodeHello } from './encodeHello.ts';

export type HelloIntent = Pick<Hello, 'intent' | 'media'>;

/** Writes the hello, and the one of a cold start ahead of the click. */
export class HelloMaker {
  readonly #device: MediaDevice;
  readonly #identity: Promise<DtlsIdentity>;
  #ahead: { routerRtpCapabilitiesId: string; encoded: string } | null = null;

  constructor(device: MediaDevice, identity: Promise<DtlsIdentity>) {
    this.#device = device;
    this.#identity = identity;
    this.make({ intent: 'join', media: true }).catch(() => undefined);
  }

  /** @throws ChaxiError browserUnsupported */
  async make(intent: HelloIntent, resume?: Hello['resume']): Promise<string> {
    const [{ device, routerRtpCapabilitiesId }, { fingerprints }] = await Promise.all([
      this.#device.ready(),
      this.#identity,
    ]);
    const isColdStart = intent.intent === 'join' && !resume;
    if (isColdStart && this.#ahead?.routerRtpCapabilitiesId === routerRtpCapabilitiesId) return this.#ahead.encoded;
    const encoded = await encodeHello({
      ...intent,
      routerRtpCapabilitiesId,
      rtpCapabilities: device.recvRtpCapabilities as Hello['rtpCapabilities'],
      dtlsFingerprints: fingerprints,
      resume,
    });
    if (isColdStart) this.#ahead = { routerRtpCapabilitiesId, encoded };
    return encoded;
  }
}
