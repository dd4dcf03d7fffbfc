import { EventEmitter } from 'node:events';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { CreateRoom, RoomDetail, RoomSummary } from '../../protocol/rest.ts';
import type { Logger } from '../base/logger.ts';
import type { Participant } from './Participant.ts';
import { Room, type RoomSettings } from './Room.ts';
import type { MediaContext } from './RoomMedia.ts';
import type { RecordDesk } from './records/RecordDesk.ts';
import type { SpanDesk } from './span/SpanDesk.ts';
import type { StillDesk } from './StillDesk.ts';
import type { TastingDesk } from './tasting/TastingDesk.ts';

export interface RoomRegistryOptions {
  config: Config;
  media: MediaContext;
  stills: StillDesk;
  records: RecordDesk;
  tastings: TastingDesk;
  spans: SpanDesk;
  logger: Logger;
}

export interface RoomRegistryEvents {
  roomOpened: [tenant: string, settings: Readonly<RoomSettings>];
  roomClosed: [tenant: string, name: string];
  /** A host has sent someone out of a room. */
  participantRemoved: [tenant: string, name: string, identity: string];
  /** Someone was sent out of a room, or sent away from its door, and can not come back. */
  participantBanned: [tenant: string, name: string, identity: string];
  /** Someone came into a room or before its door, on whatever node, went, or is another now; or other rules hold, as that it is locked. */
  peopleChanged: [tenant: string, name: string];
}

/** All rooms of this node. Each belongs to the tenant (API key) that made it, and no other sees it. */
export class RoomRegistry extends EventEmitter<RoomRegistryEvents> {
  readonly #options: RoomRegistryOptions;
  /** By tenant, then by name. */
  readonly #tenants = new Map<string, Map<string, Room>>();
  readonly #sessionIndex = new Map<string, Room>();
  #size = 0;
  #draining = false;

  constructor(options: RoomRegistryOptions) {
    super();
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  get rooms(): Room[] {
    return [...this.#tenants.values()].flatMap((rooms) => [...rooms.values()]);
  }

  /** @throws roomExists, limitReached, serverDraining */
  async createRoom(tenant: string, settings: CreateRoom): Promise<RoomSummary> {
    if (this.find(tenant, settings.name)) throw new ChaxiError('roomExists', { path: 'name' });
    return this.#create(tenant, settings).summary;
  }

  roomsOf(tenant: string): Room[] {
    return [...(this.#tenants.get(tenant)?.values() ?? [])];
  }

  listRooms(tenant: string): RoomSummary[] {
    return this.roomsOf(tenant).map((room) => room.summary);
  }

  /** @throws roomNotFound */
  getRoom(tenant: string, name: string): RoomDetail {
    return this.#assert(tenant, name).detail;
  }

  /** @throws roomNotFound */
  async closeRoom(tenant: string, name: string): Promise<void> {
    this.#assert(tenant, name).close();
  }

  find(tenant: string, name: string): Room | undefined {
    return this.#tenants.get(tenant)?.get(name);
  }

  /** The session that a client says it had, in whatever room. */
  findSession(sessionId: string, secret: string): { room: Room; participant: Participant } | undefined {
    const room = this.#sessionIndex.get(sessionId);
    const participant = room?.findSession(sessionId, secret);
    return room && participant && { room, participant };
  }

  /**
   * The room that a token names, made where the configuration allows it.
   * @param carried settings of the room on other nodes that have it or had it: it is opened here whatever the configuration says
   * @throws roomNotFound, limitReached, serverDraining
   */
  findOrCreate(tenant: string, name: string, carried?: CreateRoom): Room {
    const room = this.find(tenant, name);
    if (room) return room;
    if (!carried && !this.#options.config.rooms.autoCreate) throw new ChaxiError('roomNotFound');
    return this.#create(tenant, carried ?? { name });
  }

  /** Those of a room that is made here, with the defaults of this node. */
  settingsOf(settings: CreateRoom): RoomSettings {
    const { rooms } = this.#options.config;
    return {
      name: settings.name,
      maxParticipants: settings.maxParticipants ?? rooms.maxParticipants,
      emptyTimeoutMs: settings.emptyTimeoutMs ?? rooms.emptyTimeoutMs,
      lobby: settings.lobby ?? rooms.lobby,
      metadata: settings.metadata ?? '',
    };
  }

  /** Closes every room and makes no new one; clients are told to come back. */
  drain(): void {
    this.#draining = true;
    for (const room of this.rooms) room.close('serverDraining');
  }

  #create(tenant: string, settings: CreateRoom): Room {
    const { config, media, stills, records, tastings, spans, logger } = this.#options;
    if (this.#draining) throw new ChaxiError('serverDraining');
    if (this.#size >= config.rooms.maxRooms) throw new ChaxiError('limitReached');
    const { name } = settings;
    const id = `${tenant}/${name}`;
    const room = new Room({
      id,
      tenant,
      settings: this.settingsOf(settings),
      media,
      stills,
      records,
      tastings,
      spans,
      resumeTimeoutMs: config.signaling.resumeTimeoutMs,
      logger: logger.child({ roomId: id }),
      sessionIndex: this.#sessionIndex,
      onPeopleChanged: () => this.emit('peopleChanged', tenant, name),
      hostReturnMs: config.rooms.hostReturnMs,
      onBanned: (identity) => this.emit('participantBanned', tenant, name, identity),
      onRemoved: (identity) => this.emit('participantRemoved', tenant, name, identity),
      onClosed: () => this.#forget(tenant, name),
    });
    const rooms = this.#tenants.get(tenant) ?? new Map<string, Room>();
    this.#tenants.set(tenant, rooms.set(name, room));
    this.#size += 1;
    logger.info('room opened', { roomId: id });
    this.emit('roomOpened', tenant, room.settings);
    return room;
  }

  #forget(tenant: string, name: string): void {
    const rooms = this.#tenants.get(tenant);
    if (!rooms?.delete(name)) return;
    this.#size -= 1;
    if (rooms.size === 0) this.#tenants.delete(tenant);
    this.emit('roomClosed', tenant, name);
  }

  #assert(tenant: string, name: string): Room {
    const room = this.find(tenant, name);
    if (!room) throw new ChaxiError('roomNotFound');
    return room;
  }
}
