import type { types } from 'mediasoup';

/**
 * When to try, in milliseconds after the publisher was asked for the layer. Not at once: the smallest frame of a layer that rests
 * (`client-sdk/src/policies/sentLayersPolicy.ts`) would be shown for a moment, and the request for a key frame would meet it.
 * SVC is tried more often, since nothing tells when its layer has come.
 */
const ATTEMPTS_AT_MS = {
  simulcast: [50, 600, 1_200, 2_200],
  svc: [50, 80, 110, 140, 170, 200, 240, 280, 350, 500, 900, 2_000],
} as const;

/**
 * Has consumers use a layer that only begins to be sent. mediasoup looks for better layers when one comes to life or when the
 * bandwidth changes, but of SVC it counts the bitrates of layers once in 1.5 s; and when the preferred layers change, which is
 * what helps here.
 */
export class LayerClimb {
  readonly #climbing = new Map<types.Consumer, { layers: types.ConsumerLayers; timer: NodeJS.Timeout | undefined }>();

  start(consumer: types.Consumer, layers: types.ConsumerLayers): void {
    this.stop(consumer);
    const climb = { layers, timer: undefined };
    this.#climbing.set(consumer, climb);
    this.#wait(consumer, 0);
  }

  /** It wants something else now. */
  stop(consumer: types.Consumer): void {
    clearTimeout(this.#climbing.get(consumer)?.timer);
    this.#climbing.delete(consumer);
  }

  #wait(consumer: types.Consumer, attempt: number): void {
    const climb = this.#climbing.get(consumer);
    const attempts = consumer.type === 'svc' ? ATTEMPTS_AT_MS.svc : ATTEMPTS_AT_MS.simulcast;
    const atMs = attempts[attempt];
    if (!climb || atMs === undefined) {
      this.#climbing.delete(consumer);
      return;
    }
    climb.timer = setTimeout(() => this.#try(consumer, attempt), atMs - (attempts[attempt - 1] ?? 0)).unref();
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
