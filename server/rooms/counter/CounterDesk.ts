import { z } from 'zod';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { CreateRoom, OpenRoom } from '../../../protocol/rest.ts';
import { createAccessToken } from '../../auth/accessToken.ts';
import { PacedCalls } from '../../base/PacedCalls.ts';
import { parseInput } from '../../base/parseInput.ts';
import type { Cluster } from '../../cluster/Cluster.ts';
import type { RoomDirectory } from '../RoomDirectory.ts';
import type { RoomRegistry } from '../RoomRegistry.ts';
import { byWaiting } from './openRoom.ts';

/** A counter hears so often at most that something changed. */
const NEWS_INTERVAL_MS = 1_000;

/** Seconds that someone of the counter may take at most to enter a room with the token that was made for it. */
const HOST_TOKEN_TTL_SECONDS = 12 * 3_600;

const newsSchema = z.object({ tenant: z.string() });

/** Who stands at a counter, as far as rooms are concerned. */
export interface CounterPerson {
  /** API key. */
  tenant: string;
  identity: string;
  name: string;
  counter: boolean;
}

export interface CounterDeskOptions {
  registry: RoomRegistry;
  directory: RoomDirectory;
  cluster: Cluster;
  apiKeys: Readonly<Record<string, string>>;
  /** Something of a shop's rooms changed: its counters that are connected to this node shall ask anew. */
  changed: (tenant: string) => void;
}

/** The rooms of a shop as its counter sees them, on whatever node they are. */
export class CounterDesk {
  readonly #options: CounterDeskOptions;
  /** What happened here, for all nodes. */
  readonly #told: PacedCalls;
  /** What happened anywhere, for the counters of this node. */
  readonly #heard: PacedCalls;

  constructor(options: CounterDeskOptions) {
    this.#options = options;
    const { registry, cluster, apiKeys, changed } = options;
    this.#heard = new PacedCalls({ intervalMs: NEWS_INTERVAL_MS, run: changed });
    this.#told = new PacedCalls({ intervalMs: NEWS_INTERVAL_MS, run: (tenant) => this.#tell(tenant) });
    registry.on('roomOpened', (tenant) => this.#told.ask(tenant));
    registry.on('roomClosed', (tenant) => this.#told.ask(tenant));
    registry.on('peopleChanged', (tenant) => this.#told.ask(tenant));
    cluster.handle('counterNews', (data) => this.#heard.ask(parseInput(newsSchema, data).tenant));
    // Whatever happened there, or was told meanwhile, nobody heard of.
    const doubtAll = () => {
      for (const tenant of Object.keys(apiKeys)) this.#heard.ask(tenant);
    };
    cluster.onNodeGone(doubtAll);
    cluster.onHeardAgain(doubtAll);
  }

  /** The one where someone waits longest first. @throws notAllowed */
  async list(person: CounterPerson): Promise<OpenRoom[]> {
    assertCounter(person);
    return (await this.#options.directory.listOpen(person.tenant)).sort(byWaiting);
  }

  /** @throws notAllowed, roomExists, limitReached, serverDraining, nodeUnavailable, clusterUnavailable */
  async create(person: CounterPerson, asked: Pick<CreateRoom, 'name' | 'lobby' | 'metadata'>): Promise<OpenRoom> {
    assertCounter(person);
    const { name, metadata, lobby, createdAt } = await this.#options.directory.createRoom(person.tenant, asked);
    return { name, metadata, lobby, locked: false, createdAt, people: [], waiting: [] };
  }

  /**
   * A token with which this person enters a room as host.
   * @param expiresAt of the token by which they ask, milliseconds since 1970: this one is good no longer
   * @throws notAllowed
   */
  async enter(person: CounterPerson, room: string, expiresAt: number): Promise<string> {
    assertCounter(person);
    const leftSeconds = Math.floor((expiresAt - Date.now()) / 1_000);
    const { tenant: apiKey, identity, name } = person;
    const apiSecret = this.#options.apiKeys[apiKey]!;
    return createAccessToken({
      apiKey,
      apiSecret,
      room,
      identity,
      name,
      role: 'host',
      ttlSeconds: Math.min(HOST_TOKEN_TTL_SECONDS, leftSeconds),
    });
  }

  close(): void {
    this.#told.close();
    this.#heard.close();
  }

  #tell(tenant: string): void {
    const { cluster } = this.#options;
    for (const { nodeId } of cluster.nodes) {
      if (nodeId !== cluster.nodeId) cluster.tell(nodeId, 'counterNews', { tenant });
    }
    this.#heard.ask(tenant);
  }
}

function assertCounter({ counter }: CounterPerson): void {
  if (!counter) throw new ChaxiError('notAllowed');
}
