import type { types } from 'mediasoup';
import type { RoomRouter } from '../RoomRouter.ts';
import type { Copy } from '../SharedCopies.ts';

/** A producer of another node on this one. It closes with the one that it is a copy of, and with the way between them. */
export class NodeCopy implements Copy {
  /** Has the id of the one that it is a copy of. Whether it is paused is for its owner to say after it was made. */
  readonly producer: types.Producer;
  /** Where it came in. */
  readonly router: RoomRouter;

  constructor(producer: types.Producer, router: RoomRouter) {
    this.producer = producer;
    this.router = router;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  get observer(): types.ProducerObserver {
    return this.producer.observer;
  }

  close(): void {
    this.producer.close();
  }
}
