import type { types } from 'mediasoup';

/**
 * When to try, in milliseconds after the layer can have come. SVC is tried more often, since nothing tells when its layer has.
 */
const ATTEMPTS_AT_MS = {
  simulcast: [0, 550, 1_150, 2_150],
  svc: [0, 30, 60, 90, 120, 150, 190, 230, 300, 450, 850, 1_950],
} as const;

/**
 * Has consumers use a layer that only begins to be sent. mediasoup looks for better layers when one comes to life or when the
 * bandwidth changes, but of SVC it counts the bitrates of layers once in 1.5 s; and when the preferred layers change, which is
 * what helps here.
 */
export class LayerClimb {
  readonly #climbing = new Map<types.Consumer, { layers: types.ConsumerLayers; timer: NodeJS.Timeout | undefined }>();

  /**
   * @param arrivesInMs when the layer can have come. Tried before, the small frame of one that rests would be shown for a moment
   * (`client-sdk/src/policies/sentLayersPolicy.ts`), and the request for a key frame would meet it.
   */
  start(consumer: types.Consumer, layers: types.ConsumerLayers, arrivesInMs: number): void {
    this.stop(consumer);
    const climb = { layers, timer: undefined };
    this.#climbing.set(consumer, climb);
    this.#wait(consumer, 0, arrivesInMs);
  }

  /** It wants something else now. */
  stop(consumer: types.Consumer): void {
    clearTimeout(this.#climbing.get(consumer)?.timer);
    this.#climbing.delete(consumer);
  }

  #wait(consumer: types.Consumer, attempt: number, extraMs = 0): void {
    const climb = this.#climbing.get(consumer);
    const attempts = consumer.type === 'svc' ? ATTEMPTS_AT_MS.svc : ATTEMPTS_AT_MS.simulcast;
    const atMs = attempts[attempt];
    if (!climb || atMs === undefined) {
      this.#climbing.delete(consumer);
      return;
    }
    const waitMs = atMs - (attempts[attempt - 1] ?? 0) + extraMs;
    climb.timer = setTimeout(() => this.#try(consumer, attempt), waitMs).unref();
  }

  #try(consumer: types.Consumer, attempt: number): void {
    const climb = this.#climbing.get(consumer);
    if (!climb) return;
    const { layers } = climb;
    const isThere = (consumer.currentLayers?.spatialLayer ?? -1) >= layers.spatialLayer;
    if (isThere || consumer.closed) {
      this.stop(consumer);
      return;
    }
    // The same again would be no change. The worker handles both between two packets.
    if (attempt > 0) void consumer.setPreferredLayers({ ...layers, temporalLayer: 0 }).catch(() => {});
    void consumer.setPreferredLayers(layers).catch(() => {});
    this.#wait(consumer, attempt + 1);
  }
}
