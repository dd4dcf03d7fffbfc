import { z } from 'zod';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { nameSchema } from '../../protocol/participants.ts';
import {
  createRoomSchema,
  openRoomSchema,
  roomDetailSchema,
  roomListSchema,
  roomSchema,
  type CreateRoom,
  type OpenRoom,
  type RoomDetail,
  type RoomSummary,
} from '../../protocol/rest.ts';
import { MAX_OTHER_NODES } from '../../protocol/signaling.ts';
import { parseInput } from '../base/parseInput.ts';
import type { Logger } from '../base/logger.ts';
import type { CarriedRoom, RoomPlace } from '../cluster/CarriedRoom.ts';
import type { Cluster } from '../cluster/Cluster.ts';
import { openRoom } from './counter/openRoom.ts';
import { presentStages, type PresentStage } from './presentStages.ts';
import type { Room, RoomSettings } from './Room.ts';
import { RoomElsewhere } from './RoomElsewhere.ts';
import type { RoomRegistry } from './RoomRegistry.ts';

/** What a node asks of another one about its rooms. */
const roomRequestSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('create'), tenant: z.string(), settings: createRoomSchema }),
  z.object({ ask: z.literal('list'), tenant: z.string() }),
  z.object({ ask: z.literal('get'), tenant: z.string(), name: nameSchema }),
  z.object({ ask: z.literal('close'), tenant: z.string(), name: nameSchema }),
  z.object({ ask: z.literal('listOpen'), tenant: z.string() }),
  z.object({ ask: z.literal('stages'), tenant: z.string(), name: nameSchema }),
  z.object({ ask: z.literal('isIn'), tenant: z.string(), name: nameSchema, identity: nameSchema }),
]);
const isInSchema = z.object({ isIn: z.boolean() });
const openListSchema = z.object({ rooms: z.array(openRoomSchema) });
const stagesSchema = z.object({ stages: z.record(z.string(), z.enum(['lobby', 'aside', 'joined'])) });
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

/** How a client came to ask for a room. */
export interface Asking {
  /** Another node has sent it here. */
  moved: boolean;
  /** It has lost a session, perhaps because the node that had it is gone. */
  lost: boolean;
}

/** The rooms of all nodes, as each node sees them. A tenant sees its own rooms only. */
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
      cluster.rooms.keep({ tenant, room: settings.name }, carriedOf(settings)),
    );
    registry.on('roomClosed', (tenant, room) => cluster.rooms.release({ tenant, room }));
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
   * @throws RoomElsewhere, roomNotFound, limitReached, serverDraining, nodeUnavailable, clusterUnavailable
   */
  async open(tenant: string, name: string, { moved, lost }: Asking): Promise<Room> {
    const { nodeId, settled } = this.#cluster;
    const here = this.#registry.find(tenant, name);
    if (here && !settled) return here;
    if (here && lost) await this.#verify(here.otherNodes);
    const { holders, settings } = here
      ? { holders: [nodeId, ...here.otherNodes], settings: here.settings }
      : await this.#locate(tenant, name, { moved, lost });
    const isHere = moved && !this.#cluster.draining;
    const chosen = isHere ? nodeId : this.#choose(holders);
    if (chosen !== nodeId) throw new RoomElsewhere((await this.#cluster.findNode(chosen)).url);
    const carried = carriedSettingsSchema.safeParse(settings).data;
    const make = () => this.#registry.findOrCreate(tenant, name, carried);
    const room = this.#orRelease(tenant, name, make, settings !== undefined);
    // Who comes is told of those who are there, wherever they are.
    await room.meet(here ? [] : holders.filter((holder) => holder !== nodeId));
    return room;
  }

  /** @throws roomExists, limitReached, serverDraining, nodeUnavailable, clusterUnavailable */
  async createRoom(tenant: string, settings: CreateRoom): Promise<RoomSummary> {
    const { holders } = await this.#claim(tenant, settings);
    const [holder, ...others] = holders;
    if (others.length > 0) throw new ChaxiError('roomExists', { path: 'name' });
    if (holder === undefined || holder === this.#cluster.nodeId) return this.#create(tenant, settings);
    return roomSchema.parse(await this.#ask(holder, { ask: 'create', tenant, settings }));
  }

  /** Those of a node that does not answer are left out. */
  async listRooms(tenant: string): Promise<RoomSummary[]> {
    const ask = async (nodeId: string) => roomListSchema.parse(await this.#ask(nodeId, { ask: 'list', tenant })).rooms;
    return this.#listAll(this.#registry.listRooms(tenant), ask);
  }

  /** With who is in them and who waits. Those of a node that does not answer are left out. */
  async listOpen(tenant: string): Promise<OpenRoom[]> {
    const ask = async (nodeId: string) =>
      openListSchema.parse(await this.#ask(nodeId, { ask: 'listOpen', tenant })).rooms;
    return this.#listAll(this.#openHere(tenant), ask);
  }

  /** Where everyone is who is in a room or before its door, by identity; nobody where no node has the room. @throws nodeUnavailable, clusterUnavailable */
  async stagesIn(tenant: string, name: string): Promise<Map<string, PresentStage>> {
    const here = this.#registry.find(tenant, name);
    if (here) return presentStages(here.everyone);
    const holders = await this.#othersWith(tenant, name);
    if (holders.length === 0) return new Map();
    const answer = await this.#firstAnswer(holders, { ask: 'stages', tenant, name }).catch((error: unknown) => {
      // It was closed since.
      if (error instanceof ChaxiError && error.code === 'roomNotFound') return { stages: {} };
      throw error;
    });
    return new Map(Object.entries(stagesSchema.parse(answer).stages));
  }

  /** @throws roomNotFound, nodeUnavailable, clusterUnavailable */
  async getRoom(tenant: string, name: string): Promise<RoomDetail> {
    if (this.#registry.find(tenant, name)) return this.#registry.getRoom(tenant, name);
    const holders = await this.#othersWith(tenant, name);
    return roomDetailSchema.parse(await this.#firstAnswer(holders, { ask: 'get', tenant, name }));
  }

  /** On all nodes. @throws roomNotFound, nodeUnavailable, clusterUnavailable */
  async closeRoom(tenant: string, name: string): Promise<void> {
    const here = this.#registry.find(tenant, name);
    const others = here ? here.otherNodes : await this.#othersWith(tenant, name);
    here?.close();
    // Who closes a room may make one of the same name right after.
    await this.#cluster.rooms.released({ tenant, room: name });
    const asked = others.map((nodeId) => this.#ask(nodeId, { ask: 'close', tenant, name }));
    const answers = await Promise.allSettled(asked);
    const failed = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
    const missed = failed.filter((error) => !(error instanceof ChaxiError && error.code === 'roomNotFound'));
    if (missed.length > 0) throw missed[0];
    if (!here && failed.length === others.length) throw new ChaxiError('roomNotFound');
  }

  /** Whether someone, seen or hidden, is in a room, on whatever node; not who waits in its lobby. @throws nodeUnavailable, clusterUnavailable */
  async isIn(tenant: string, name: string, identity: string): Promise<boolean> {
    if (this.#isInHere(tenant, name, identity)) return true;
    // A node that has the room too hears of who comes in there a moment later.
    const others = this.#registry.find(tenant, name)?.otherNodes ?? (await this.#othersWith(tenant, name));
    const asked = others.map(async (nodeId) => {
      const answer = await this.#ask(nodeId, { ask: 'isIn', tenant, name, identity });
      return isInSchema.parse(answer).isIn;
    });
    const answers = await Promise.allSettled(asked);
    if (answers.some((answer) => answer.status === 'fulfilled' && answer.value)) return true;
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed) throw failed.reason;
    return false;
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
        await this.#registry.closeRoom(request.tenant, request.name);
        return this.#cluster.rooms.released({ tenant: request.tenant, room: request.name });
      case 'listOpen':
        return { rooms: this.#openHere(request.tenant) };
      case 'stages': {
        const room = this.#registry.find(request.tenant, request.name);
        if (!room) throw new ChaxiError('roomNotFound');
        return { stages: Object.fromEntries(presentStages(room.everyone)) };
      }
      case 'isIn':
        return { isIn: this.#isInHere(request.tenant, request.name, request.identity) };
    }
  }

  #openHere(tenant: string): OpenRoom[] {
    return this.#registry.roomsOf(tenant).map(openRoom);
  }

  /** Of a room on several nodes what the first of them says: each knows of all who are in it. */
  async #listAll<T extends { name: string }>(here: T[], ask: (nodeId: string) => Promise<T[]>): Promise<T[]> {
    const others = this.#cluster.nodes.filter(({ nodeId }) => nodeId !== this.#cluster.nodeId);
    const answers = await Promise.all(
      others.map(async ({ nodeId }) => {
        try {
          return await ask(nodeId);
        } catch (error) {
          this.#logger.warn('the rooms of a node are left out', { nodeId, error });
          return [];
        }
      }),
    );
    const rooms = [...here, ...answers.flat()];
    return [...new Map(rooms.reverse().map((room) => [room.name, room])).values()].reverse();
  }

  /** One of the nodes may be gone, or not have opened the room yet. @throws roomNotFound, nodeUnavailable, clusterUnavailable */
  async #firstAnswer(nodeIds: readonly string[], request: RoomRequest): Promise<unknown> {
    const answers = nodeIds.map((nodeId) => this.#ask(nodeId, request));
    return Promise.any(answers).catch(({ errors: [first] }: AggregateError) => {
      throw (first as unknown) ?? new ChaxiError('roomNotFound');
    });
  }

  #isInHere(tenant: string, name: string, identity: string): boolean {
    return this.#registry.find(tenant, name)?.hasInside(identity) ?? false;
  }

  #create(tenant: string, settings: CreateRoom): Promise<RoomSummary> {
    return this.#orRelease(tenant, settings.name, () => this.#registry.createRoom(tenant, settings));
  }

  /** A room that could not be made here is not to be looked for here. */
  #orRelease<T>(tenant: string, name: string, make: () => T, settingsStay = false): T {
    try {
      return make();
    } finally {
      if (!this.#registry.find(tenant, name)) this.#cluster.rooms.release({ tenant, room: name }, settingsStay);
    }
  }

  #ask(nodeId: string, request: RoomRequest): Promise<unknown> {
    return this.#cluster.request(nodeId, 'rooms', request);
  }

  /** Where a room is that is not here, or is to be. @throws roomNotFound, serverDraining, clusterUnavailable */
  async #locate(tenant: string, name: string, { moved, lost }: Asking): Promise<RoomPlace> {
    const find = () => (this.#autoCreate ? this.#claim(tenant, { name }, moved) : this.#findMade(tenant, name));
    const place = await find();
    return lost && !(await this.#verify(place.holders)) ? find() : place;
  }

  /** Whether all of them are there; one that is not is forgotten. */
  async #verify(nodeIds: readonly string[]): Promise<boolean> {
    const others = nodeIds.filter((nodeId) => nodeId !== this.#cluster.nodeId);
    const there = await Promise.all(others.map((nodeId) => this.#cluster.verifyNode(nodeId)));
    return there.every(Boolean);
  }

  /** @throws serverDraining where no node takes anyone */
  #choose(holders: readonly string[]): string {
    const chosen = this.#cluster.chooseNode(holders);
    if (chosen === undefined) throw new ChaxiError('serverDraining');
    return chosen;
  }

  /** @throws serverDraining, clusterUnavailable */
  #claim(tenant: string, settings: CreateRoom, moved = false): Promise<RoomPlace> {
    const { rooms, nodeId, draining } = this.#cluster;
    const chosen = moved && !draining ? nodeId : this.#choose([]);
    const carried = carriedOf(this.#registry.settingsOf(settings));
    return rooms.claim({ tenant, room: settings.name }, chosen, carried);
  }

  /** A room that has lost its nodes is opened anew; none is opened that was not there. @throws roomNotFound, clusterUnavailable */
  async #findMade(tenant: string, name: string): Promise<RoomPlace> {
    const place = await this.#cluster.rooms.find({ tenant, room: name });
    if (place.holders.length === 0 && place.settings === undefined) throw new ChaxiError('roomNotFound');
    return place;
  }

  async #othersWith(tenant: string, name: string): Promise<string[]> {
    const { holders } = await this.#cluster.rooms.find({ tenant, room: name });
    return holders.filter((holder) => holder !== this.#cluster.nodeId);
  }
}

/** What other nodes need to open the same room. */
function carriedOf(settings: RoomSettings): CarriedRoom {
  return { settings, ttlMs: settings.emptyTimeoutMs };
}
