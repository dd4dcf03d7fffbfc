import { z } from 'zod';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { nameSchema } from '../../protocol/participants.ts';
import {
  createRoomSchema,
  roomDetailSchema,
  roomListSchema,
  roomSchema,
  type CreateRoom,
  type RoomDetail,
  type RoomSummary,
} from '../../protocol/rest.ts';
import { MAX_OTHER_NODES } from '../../protocol/signaling.ts';
import { parseInput } from '../base/parseInput.ts';
import type { Logger } from '../base/logger.ts';
import type { RoomPlace } from '../cluster/CarriedRoom.ts';
import type { Cluster } from '../cluster/Cluster.ts';
import type { Room } from './Room.ts';
import { RoomElsewhere } from './RoomElsewhere.ts';
import type { RoomRegistry } from './RoomRegistry.ts';

/** What a node asks of another one about its rooms. */
const roomRequestSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('create'), tenant: z.string(), settings: createRoomSchema }),
  z.object({ ask: z.literal('list'), tenant: z.string() }),
  z.object({ ask: z.literal('get'), tenant: z.string(), name: nameSchema }),
  z.object({ ask: z.literal('close'), tenant: z.string(), name: nameSchema }),
]);
type RoomRequest = z.infer<typeof roomRequestSchema>;

/** Written by another node, perhaps of a later version, whose new settings are left out. */
const carriedSettingsSchema = z.object(createRoomSchema.shape);

export interface RoomDirectoryOptions {
  registry: RoomRegistry;
  cluster: Cluster;
  /** A valid token makes its room where there is none. */
  autoCreate: boolean;
  logger: Logger;
}

/**
 * The rooms of all nodes, as each node sees them: a room is on one node, and who asks another one is sent there. A tenant
 * sees its own rooms only.
 */
export class RoomDirectory {
  readonly #registry: RoomRegistry;
  readonly #cluster: Cluster;
  readonly #autoCreate: boolean;
  readonly #logger: Logger;

  constructor({ registry, cluster, autoCreate, logger }: RoomDirectoryOptions) {
    this.#registry = registry;
    this.#cluster = cluster;
    this.#autoCreate = autoCreate;
    this.#logger = logger;
    registry.on('roomOpened', (tenant, settings) =>
      cluster.rooms.keep({ tenant, room: settings.name }, { settings, ttlMs: settings.emptyTimeoutMs }),
    );
    registry.on('roomClosed', (tenant, room) => cluster.rooms.release({ tenant, room }));
    cluster.rooms.onLost(({ tenant, room }) => {
      logger.warn('another node has this room too; its people are sent there', { roomId: `${tenant}/${room}` });
      registry.find(tenant, room)?.close('serverDraining');
    });
    cluster.handle('rooms', (data) => this.#answer(parseInput(roomRequestSchema, data)));
  }

  /** Where else a client may ask when this node is gone. */
  get otherUrls(): string[] {
    return this.#cluster.others.map(({ url }) => url).slice(0, MAX_OTHER_NODES);
  }

  /** Pages that came from these addresses may use this node. */
  get nodeUrls(): string[] {
    return this.#cluster.urls;
  }

  /**
   * The room that a token names, on this node. One that is here is found though Redis be away.
   * @param lost the client has lost a session, perhaps because the node that has the room is gone
   * @throws RoomElsewhere, roomNotFound, limitReached, serverDraining, nodeUnavailable, clusterUnavailable
   */
  async open(tenant: string, name: string, lost: boolean): Promise<Room> {
    const here = this.#registry.find(tenant, name);
    if (here) return here;
    const find = () => (this.#autoCreate ? this.#claim(tenant, name) : this.#claimMoved(tenant, name));
    const { nodeId } = this.#cluster;
    let place = await find();
    if (lost && place.owner !== nodeId && !(await this.#cluster.verifyNode(place.owner))) place = await find();
    if (place.owner !== nodeId) throw new RoomElsewhere((await this.#cluster.findNode(place.owner)).url);
    const carried = carriedSettingsSchema.safeParse(place.settings).data;
    return this.#orRelease(tenant, name, () => this.#registry.findOrCreate(tenant, name, carried));
  }

  /** @throws roomExists, limitReached, serverDraining, nodeUnavailable, clusterUnavailable */
  async createRoom(tenant: string, settings: CreateRoom): Promise<RoomSummary> {
    const { owner } = await this.#claim(tenant, settings.name);
    if (owner === this.#cluster.nodeId) return this.#create(tenant, settings);
    return roomSchema.parse(await this.#ask(owner, { ask: 'create', tenant, settings }));
  }

  /** Those of a node that does not answer are left out. */
  async listRooms(tenant: string): Promise<RoomSummary[]> {
    const others = this.#cluster.nodes.filter(({ nodeId }) => nodeId !== this.#cluster.nodeId);
    const answers = await Promise.allSettled(others.map(({ nodeId }) => this.#ask(nodeId, { ask: 'list', tenant })));
    const rooms = answers.flatMap((answer, index) => {
      if (answer.status === 'fulfilled') return roomListSchema.parse(answer.value).rooms;
      this.#logger.warn('the rooms of a node are left out', { nodeId: others[index]?.nodeId, error: answer.reason });
      return [];
    });
    return [...this.#registry.listRooms(tenant), ...rooms];
  }

  /** @throws roomNotFound, nodeUnavailable, clusterUnavailable */
  async getRoom(tenant: string, name: string): Promise<RoomDetail> {
    if (this.#registry.find(tenant, name)) return this.#registry.getRoom(tenant, name);
    const owner = await this.#ownerElsewhere(tenant, name);
    return roomDetailSchema.parse(await this.#ask(owner, { ask: 'get', tenant, name }));
  }

  /** @throws roomNotFound, nodeUnavailable, clusterUnavailable */
  async closeRoom(tenant: string, name: string): Promise<void> {
    if (this.#registry.find(tenant, name)) return this.#registry.closeRoom(tenant, name);
    await this.#ask(await this.#ownerElsewhere(tenant, name), { ask: 'close', tenant, name });
  }

  async #answer(request: RoomRequest): Promise<unknown> {
    switch (request.ask) {
      case 'create':
        return this.#create(request.tenant, request.settings);
      case 'list':
        return { rooms: this.#registry.listRooms(request.tenant) };
      case 'get':
        return this.#registry.getRoom(request.tenant, request.name);
      case 'close':
        return this.#registry.closeRoom(request.tenant, request.name);
    }
  }

  #create(tenant: string, settings: CreateRoom): Promise<RoomSummary> {
    return this.#orRelease(tenant, settings.name, () => this.#registry.createRoom(tenant, settings));
  }

  /** A room that could not be made here is not to be looked for here. */
  #orRelease<T>(tenant: string, name: string, make: () => T): T {
    try {
      return make();
    } finally {
      if (!this.#registry.find(tenant, name)) this.#cluster.rooms.release({ tenant, room: name });
    }
  }

  #ask(nodeId: string, request: RoomRequest): Promise<unknown> {
    return this.#cluster.request(nodeId, 'rooms', request);
  }

  /** @throws serverDraining where no node takes anyone */
  async #claim(tenant: string, name: string): Promise<RoomPlace & { owner: string }> {
    const chosen = this.#cluster.chooseNode();
    if (chosen === undefined) throw new ChaxiError('serverDraining');
    const { owner = chosen, settings } = await this.#cluster.rooms.claim({ tenant, room: name }, chosen);
    return { owner, settings };
  }

  /** A room that has lost its node is opened anew; none is opened that was not there. @throws roomNotFound, serverDraining */
  async #claimMoved(tenant: string, name: string): Promise<RoomPlace & { owner: string }> {
    const { owner, settings } = await this.#cluster.rooms.find({ tenant, room: name });
    if (owner !== undefined && !this.#cluster.isLeaving(owner)) return { owner, settings };
    if (settings === undefined) throw new ChaxiError('roomNotFound');
    return this.#claim(tenant, name);
  }

  /** @throws roomNotFound */
  async #ownerOf(tenant: string, name: string): Promise<string> {
    const { owner } = await this.#cluster.rooms.find({ tenant, room: name });
    if (owner === undefined) throw new ChaxiError('roomNotFound');
    return owner;
  }

  /** @throws roomNotFound */
  async #ownerElsewhere(tenant: string, name: string): Promise<string> {
    const owner = await this.#ownerOf(tenant, name);
    if (owner === this.#cluster.nodeId) throw new ChaxiError('roomNotFound');
    return owner;
  }
}
