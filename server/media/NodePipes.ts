import { networkInterfaces } from 'node:os';
import type { Config } from '../../config/schema.ts';
import type { Logger } from '../base/logger.ts';
import { parseInput } from '../base/parseInput.ts';
import type { Bus } from '../cluster/Bus.ts';
import { pipeListenInfo, machineAddresses } from './listenAddresses.ts';
import { EntryPipes, type RemoteProducer } from './pipes/EntryPipes.ts';
import type { NodeCopy } from './pipes/NodeCopy.ts';
import { Notices } from './pipes/Notices.ts';
import { OriginPipes, type OriginPipesOptions } from './pipes/OriginPipes.ts';
import { PIPES_METHOD, pipeRequestSchema, type PipeRequest } from './pipes/pipeMessages.ts';
import type { RoomRouter } from './RoomRouter.ts';
import { SharedCopies, type CopyLease } from './SharedCopies.ts';

export interface NodePipesOptions {
  bus: Pick<Bus, 'handle' | 'request'>;
  config: Pick<Config['media'], 'listenIps' | 'pipe'>;
  logger: Logger;
  /** Looks a producer up for another node, in the room that it names alone. */
  findProducer: OriginPipesOptions['findProducer'];
}

/** Producers of other nodes on this one, and of this node on others: each crosses a pipe once, whoever asks. */
export class NodePipes {
  readonly #copies = new SharedCopies<NodeCopy>();
  readonly #notices: Notices<PipeRequest>;
  readonly #entries: EntryPipes;
  readonly #origins: OriginPipes;

  constructor({ bus, config, logger, findProducer }: NodePipesOptions) {
    const request = (nodeId: string, data: PipeRequest) => bus.request(nodeId, PIPES_METHOD, data);
    const notices = new Notices(request);
    const tell = (nodeId: string, notice: PipeRequest) => notices.send(nodeId, notice);
    const listenInfo = () => pipeListenInfo({ ...config, machine: machineAddresses(networkInterfaces()) });
    this.#notices = notices;
    this.#entries = new EntryPipes({ request, tell, listenInfo, logger });
    this.#origins = new OriginPipes({ findProducer, tell, listenInfo });
    bus.handle(PIPES_METHOD, (data, nodeId) => this.#handle(nodeId, parseInput(pipeRequestSchema, data)));
  }

  /**
   * The producer of another node on this one, under the same id. It comes in on the router of whoever asks first; from there
   * RoomRouter.pipeFrom carries it on. It closes with its last user, with its origin, and with the way to it.
   * @throws producerNotFound, mediaUnavailable, nodeUnavailable, clusterUnavailable
   */
  acquire(from: RemoteProducer, router: RoomRouter): Promise<CopyLease<NodeCopy>> {
    const { nodeId, room, routerId, producerId } = from;
    const key = JSON.stringify([nodeId, room.tenant, room.room, routerId, producerId]);
    return this.#copies.acquire(key, () => this.#entries.cross(from, router));
  }

  /** The node is gone, or has lost this one: everything from and to it closes. */
  closeNode(nodeId: string): void {
    this.#entries.closeNode(nodeId);
    this.#origins.closeNode(nodeId);
  }

  close(): void {
    this.#notices.close();
    this.#entries.close();
    this.#origins.close();
  }

  #handle(nodeId: string, request: PipeRequest): unknown {
    switch (request.ask) {
      case 'cross':
        return this.#origins.handleCross(nodeId, request);
      case 'flow':
        return this.#origins.handleFlow(nodeId, request.pipeId, request.crossingId);
      case 'leave':
        return this.#origins.handleLeave(nodeId, request.pipeId, request.crossingId);
      case 'end':
        return this.#entries.handleEnd(nodeId, request.pipeId, request.crossingId);
    }
  }
}
