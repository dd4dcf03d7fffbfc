import type { types } from 'mediasoup';

/**
 * Asks producers of one router for key frames, on behalf of subscribers that are not connected yet.
 *
 * mediasoup passes on a request only for a consumer that is active, and asks by itself when a consumer becomes so. Here
 * that is a consumer on a DirectTransport (which is always connected) that is resumed and paused again in one go: the
 * worker handles both commands between two packets, so nothing is ever carried to Node.
 */
export class KeyFrameAsker {
  readonly #router: types.Router;
  #transport: Promise<types.DirectTransport> | undefined;
  readonly #consumers = new Map<string, Promise<types.Consumer>>();

  constructor(router: types.Router) {
    this.#router = router;
  }

  /** Makes what asking needs, so that `ask` is one command when it counts. */
  prepare(producer: types.Producer): Promise<unknown> {
    return this.#consumerOf(producer);
  }

  /** One request for a key frame in each stream of the producer. */
  async ask(producer: types.Producer): Promise<void> {
    const consumer = await this.#consumerOf(producer);
    await Promise.all([consumer.resume(), consumer.pause()]);
  }

  #consumerOf(producer: types.Producer): Promise<types.Consumer> {
    const known = this.#consumers.get(producer.id);
    if (known) return known;
    const made = this.#consume(producer);
    this.#consumers.set(producer.id, made);
    const forget = () => this.#consumers.delete(producer.id);
    made.catch(forget);
    producer.observer.once('close', forget);
    return made;
  }

  async #consume(producer: types.Producer): Promise<types.Consumer> {
    this.#transport ??= this.#router.createDirectTransport();
    const transport = await this.#transport;
    const { rtpCapabilities } = this.#router;
    return transport.consume({ producerId: producer.id, rtpCapabilities, paused: true, pipe: true });
  }
}
