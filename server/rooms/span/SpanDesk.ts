import { keyOfRoom } from '../../base/keyOfRoom.ts';
import type { Logger } from '../../base/logger.ts';
import { parseInput } from '../../base/parseInput.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Cluster } from '../../cluster/Cluster.ts';
import type { RoomKey } from '../../cluster/ClusterStore.ts';
import type { NodePipes } from '../../media/NodePipes.ts';
import {
  actRequestSchema,
  farDemandSchema,
  rosterEndSchema,
  rosterMarkSchema,
  rosterMessageSchema,
  roomKeySchema,
  type MemberAct,
} from './rosterMessage.ts';
import { RoomSpan, type RoomSpanOptions, type SpanLink } from './RoomSpan.ts';

/** What a room does with what another node asks of one of its participants. */
export type ActHandler = (participantId: string, act: MemberAct, by: string | undefined) => void | Promise<void>;

/** What of a room other nodes ask. */
interface OpenRoom {
  act: ActHandler;
  /** Resolves when the workers do what was told until now. */
  settled: () => Promise<void>;
}

interface Open extends OpenRoom {
  span: RoomSpan;
}

export interface SpanDeskOptions {
  cluster: Cluster;
  pipes: NodePipes;
  returnTimeoutMs: number;
  logger: Logger;
}

/** Carries between the nodes of a cluster what concerns the rooms that several of them have. */
export class SpanDesk {
  readonly #cluster: Cluster;
  readonly #pipes: NodePipes;
  readonly #returnTimeoutMs: number;
  readonly #logger: Logger;
  readonly #open = new Map<string, Open>();
  readonly #link: SpanLink;

  constructor({ cluster, pipes, returnTimeoutMs, logger }: SpanDeskOptions) {
    this.#cluster = cluster;
    this.#pipes = pipes;
    this.#returnTimeoutMs = returnTimeoutMs;
    this.#logger = logger;
    this.#link = {
      tellRoster: (nodeId, message) => cluster.tell(nodeId, 'roster', message),
      tellEnd: (nodeId, end) => cluster.tell(nodeId, 'rosterEnd', end),
      tellDemand: (nodeId, demand) => cluster.tell(nodeId, 'layers', demand),
      untilHeard: async (nodeId, mark) => void (await cluster.request(nodeId, 'rosterHeard', mark)),
      acquire: (nodeId, room, from, router) => pipes.acquire({ nodeId, room, ...from }, router),
    };
    cluster.handle('roster', (data, from) => {
      const message = parseInput(rosterMessageSchema, data);
      const span = this.#find(message.room)?.span;
      if (span) span.receive(from, message);
      else this.#refuse(from, message.room);
    });
    cluster.handle('rosterEnd', (data, from) => {
      const { room, moving } = parseInput(rosterEndSchema, data);
      this.#find(room)?.span.lose(from, { moving });
    });
    cluster.handle('layers', (data, from) => {
      const demand = parseInput(farDemandSchema, data);
      this.#find(demand.room)?.span.receiveDemand(from, demand);
    });
    cluster.handle('rosterHeard', async (data, from) => {
      const mark = parseInput(rosterMarkSchema, data);
      const open = this.#find(mark.room);
      // A node that has not the room sends nothing of it to anyone.
      if (!open) return;
      if (!open.span.hasHeard(from, mark)) throw new ChaxiError('nodeUnavailable');
      await open.settled();
    });
    cluster.handle('act', async (data) => {
      const { room, participantId, act, by } = parseInput(actRequestSchema, data);
      const open = this.#find(room);
      if (!open) throw new ChaxiError('participantNotFound');
      await open.act(participantId, act, by);
      // Who asked knows what came of it when the answer is there.
      open.span.tellNow();
    });
    cluster.rooms.onShared((room, others) => this.#find(room)?.span.meet(others));
    cluster.onHeardAgain(() => {
      for (const { span } of this.#open.values()) span.askAll();
    });
    cluster.onNodeGone((nodeId) => {
      this.#pipes.closeNode(nodeId);
      for (const { span } of this.#open.values()) span.lose(nodeId, { moving: true });
    });
  }

  openSpan(options: Omit<RoomSpanOptions, 'link' | 'returnTimeoutMs' | 'onClosed'> & OpenRoom): RoomSpan {
    const key = keyOfRoom(options.room);
    const span = new RoomSpan({
      ...options,
      link: this.#link,
      returnTimeoutMs: this.#returnTimeoutMs,
      onClosed: () => this.#open.delete(key),
    });
    this.#open.set(key, { span, act: options.act, settled: options.settled });
    return span;
  }

  /** Has a participant's node do something. @throws participantNotFound, producerNotFound, nodeUnavailable, clusterUnavailable and what it refuses with */
  async act(nodeId: string, room: RoomKey, participantId: string, act: MemberAct, by: string): Promise<void> {
    await this.#cluster.request(nodeId, 'act', { room, participantId, act, by });
  }

  #find(room: RoomKey): Open | undefined {
    return this.#open.get(keyOfRoom(room));
  }

  /** The other node takes this one for one that has the room; so may the store. */
  #refuse(nodeId: string, room: RoomKey): void {
    this.#logger.debug('another node tells of a room that is not here', { nodeId });
    this.#cluster.rooms.release(room);
    this.#cluster.tell(nodeId, 'rosterEnd', { room: roomKeySchema.parse(room), moving: true });
  }
}
