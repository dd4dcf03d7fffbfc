import type { types } from 'mediasoup';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { RoomKey } from '../../cluster/ClusterStore.ts';
import type { RoomRouter } from '../RoomRouter.ts';
import { unlessGone } from '../unlessGone.ts';
import { PipeEnd } from './PipeEnd.ts';
import type { Crossed, CrossRequest, PipeRequest } from './pipeMessages.ts';

/** A producer of a participant of this node. */
export interface OwnProducer {
  producer: types.Producer;
  router: RoomRouter;
}

export interface OriginPipesOptions {
  findProducer: (room: RoomKey, producerId: string) => OwnProducer | undefined;
  tell: (nodeId: string, notice: PipeRequest) => void;
  listenInfo: () => types.TransportListenInfo;
}

/** The ends of pipes where producers of this node leave for others. The other end says when a pipe closes. */
export class OriginPipes {
  readonly #options: OriginPipesOptions;
  /** By the node and the id that the other end gave them, so that no node reaches those of another. */
  readonly #pipes = new Map<string, PipeEnd<types.Consumer>>();

  constructor(options: OriginPipesOptions) {
    this.#options = options;
  }

  /** @throws producerNotFound, transportNotFound, mediaUnavailable */
  async handleCross(nodeId: string, request: CrossRequest): Promise<Crossed> {
    const { room, producerId, routerId, crossingId, entry } = request;
    const own = this.#options.findProducer(room, producerId);
    if (own?.router.router.id !== routerId) throw new ChaxiError('producerNotFound');
    const pipe = this.#pipeOf(nodeId, request, own.router);
    try {
      const consumer = await pipe.carry(crossingId, (transport) =>
        unlessGone(consume(transport, producerId, pipe.knowsOther), 'producerNotFound'),
      );
      if (entry) await pipe.connect(entry);
      return {
        origin: await pipe.address(),
        kind: consumer.kind,
        rtpParameters: consumer.rtpParameters as Crossed['rtpParameters'],
        paused: consumer.producerPaused,
      };
    } catch (cause) {
      throw cause instanceof ChaxiError ? cause : new ChaxiError('mediaUnavailable', { cause });
    }
  }

  /** The other end tells that someone is ready for a video, which asks for a key frame. */
  handleFlow(nodeId: string, pipeId: string, crossingId: string): void {
    const consumer = this.#pipes.get(keyOf(nodeId, pipeId))?.find(crossingId);
    // One that ends meanwhile need not flow.
    consumer?.resume().catch(() => {});
  }

  /** The other end tells that one has left, or that it is closed. */
  handleLeave(nodeId: string, pipeId: string, crossingId?: string): void {
    this.#pipes.get(keyOf(nodeId, pipeId))?.handleTold(crossingId);
  }

  closeNode(nodeId: string): void {
    for (const pipe of this.#pipes.values()) if (pipe.nodeId === nodeId) pipe.close();
  }

  close(): void {
    for (const pipe of this.#pipes.values()) pipe.close();
  }

  #pipeOf(nodeId: string, { pipeId, entry }: CrossRequest, router: RoomRouter): PipeEnd<types.Consumer> {
    const key = keyOf(nodeId, pipeId);
    const known = this.#pipes.get(key);
    if (known) return known;
    // The other end takes a pipe for connected that is closed here.
    if (!entry) throw new ChaxiError('transportNotFound');
    const pipe = new PipeEnd<types.Consumer>({
      pipeId,
      nodeId,
      router,
      listenInfo: this.#options.listenInfo(),
      closesWhenEmpty: false,
      tell: (crossingId) => this.#options.tell(nodeId, { ask: 'end', pipeId, crossingId }),
      onClosed: () => this.#pipes.delete(key),
    });
    this.#pipes.set(key, pipe);
    return pipe;
  }
}

/**
 * mediasoup asks for a key frame as soon as there is a consumer and a way, and a publisher gives no second one within 0.3 s. So the
 * first video of a pipe that is not connected yet waits, paused, until someone is ready for it.
 */
async function consume(
  transport: types.PipeTransport,
  producerId: string,
  isConnected: boolean,
): Promise<types.Consumer> {
  const consumer = await transport.consume({ producerId });
  try {
    if (consumer.kind === 'video' && !isConnected) await consumer.pause();
    return consumer;
  } catch (error) {
    consumer.close();
    throw error;
  }
}

function keyOf(nodeId: string, pipeId: string): string {
  return `${nodeId} ${pipeId}`;
}
