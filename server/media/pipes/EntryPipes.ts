import { randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Logger } from '../../base/logger.ts';
import type { RoomKey } from '../../cluster/ClusterStore.ts';
import type { RoomRouter } from '../RoomRouter.ts';
import { NodeCopy } from './NodeCopy.ts';
import { PipeEnd } from './PipeEnd.ts';
import { crossedSchema, type PipeRequest } from './pipeMessages.ts';

/** A producer of another node. */
export interface RemoteProducer {
  nodeId: string;
  room: RoomKey;
  /** The mediasoup router that it is on. */
  routerId: string;
  producerId: string;
}

export interface EntryPipesOptions {
  request: (nodeId: string, request: PipeRequest) => Promise<unknown>;
  /** Tells without waiting whether it is heard. */
  tell: (nodeId: string, notice: PipeRequest) => void;
  listenInfo: () => types.TransportListenInfo;
  logger: Logger;
}

/** The ends of pipes where producers of other nodes come in: one for each two routers, closed when the last producer has left. */
export class EntryPipes {
  readonly #options: EntryPipesOptions;
  /** By what they connect. */
  readonly #pipes = new Map<string, PipeEnd<types.Producer>>();

  constructor(options: EntryPipesOptions) {
    this.#options = options;
  }

  /** Brings a producer in. @throws producerNotFound, mediaUnavailable, nodeUnavailable, clusterUnavailable */
  async cross(from: RemoteProducer, router: RoomRouter): Promise<NodeCopy> {
    const pipe = this.#pipeBetween(from, router);
    const crossingId = randomUUID();
    try {
      const producer = await pipe.carry(crossingId, async (transport) => {
        const { kind, rtpParameters, paused } = await this.#ask(pipe, crossingId, from);
        return transport.produce({
          id: from.producerId,
          kind,
          rtpParameters: rtpParameters as types.RtpParameters,
          paused,
        });
      });
      const { pipeId } = pipe;
      const flow = () => this.#options.tell(from.nodeId, { ask: 'flow', pipeId, crossingId });
      return new NodeCopy({ producer, router, flow });
    } catch (cause) {
      const error = cause instanceof ChaxiError ? cause : new ChaxiError('mediaUnavailable', { cause });
      if (error.code === 'transportNotFound') {
        // The other end is closed, and the notice of it has not come: nothing flows here any more.
        pipe.close();
        return this.cross(from, router);
      }
      // Whatever else it is, an end of the producer in the meantime is in order.
      if (error.code !== 'producerNotFound') {
        this.#options.logger.warn('no media from another node', {
          nodeId: from.nodeId,
          producerId: from.producerId,
          error,
        });
      }
      throw error;
    }
  }

  /** The node of the producers tells that one of them, or the whole pipe, has ended. */
  handleEnd(nodeId: string, pipeId: string, crossingId?: string): void {
    const pipe = [...this.#pipes.values()].find((end) => end.pipeId === pipeId && end.nodeId === nodeId);
    pipe?.handleTold(crossingId);
  }

  closeNode(nodeId: string): void {
    // Who sees one close may ask for the next at once.
    for (const pipe of [...this.#pipes.values()]) if (pipe.nodeId === nodeId) pipe.close();
  }

  close(): void {
    for (const pipe of this.#pipes.values()) pipe.close();
  }

  #pipeBetween({ nodeId, routerId }: RemoteProducer, router: RoomRouter): PipeEnd<types.Producer> {
    const key = [nodeId, routerId, router.router.id].join(' ');
    const known = this.#pipes.get(key);
    if (known) return known;
    const pipeId = randomUUID();
    const pipe = new PipeEnd<types.Producer>({
      pipeId,
      nodeId,
      router,
      listenInfo: this.#options.listenInfo(),
      closesWhenEmpty: true,
      tell: (crossingId) => this.#options.tell(nodeId, { ask: 'leave', pipeId, crossingId }),
      onClosed: () => this.#pipes.delete(key),
    });
    this.#pipes.set(key, pipe);
    return pipe;
  }

  /** One request makes the other end, connects it and lets the producer come; this end is connected by the answer. */
  async #ask(
    pipe: PipeEnd<types.Producer>,
    crossingId: string,
    { nodeId, room, routerId, producerId }: RemoteProducer,
  ) {
    const { pipeId } = pipe;
    const entry = pipe.knowsOther ? undefined : await pipe.address();
    const request: PipeRequest = { ask: 'cross', pipeId, crossingId, room, routerId, producerId, entry };
    const crossed = crossedSchema.parse(await pipe.whileOpen(() => this.#options.request(nodeId, request)));
    await pipe.connect(crossed.origin);
    return crossed;
  }
}
