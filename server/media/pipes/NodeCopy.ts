import type { types } from 'mediasoup';
import type { RoomRouter } from '../RoomRouter.ts';
import type { Copy } from '../SharedCopies.ts';

/** A producer of another node on this one. It closes with the one that it is a copy of, and with the way between them. */
export class NodeCopy implements Copy {
  /** Has the id of the one that it is a copy of. Whether it is paused is for its owner to say after it was made. */
  readonly producer: types.Producer;
  /** Where it came in. */
  readonly router: RoomRouter;

  readonly #flow: () => void;
  #flows = false;

  constructor({ producer, router, flow }: { producer: types.Producer; router: RoomRouter; flow: () => void }) {
    this.producer = producer;
    this.router = router;
    this.#flow = flow;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  get observer(): types.ProducerObserver {
    return this.producer.observer;
  }

  /** Has a video come, once someone is ready for it. Sound comes by itself. */
  flow(): void {
    if (this.#flows || this.producer.kind !== 'video') return;
    this.#flows = true;
    this.#flow();
  }

  close(): void {
    this.producer.close();
  }
}
