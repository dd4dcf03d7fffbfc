import { readFileSync } from 'node:fs';
import { createClient } from 'redis';
import type { Config } from '../../../config/schema.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Logger } from '../../base/logger.ts';
import type { RoomPlace } from '../CarriedRoom.ts';
import type { ClusterStore, RoomClaim, RoomKey, Unsubscribe } from '../ClusterStore.ts';
import { nodeRecordSchema, type NodeRecord } from '../NodeRecord.ts';
import { Seal } from '../seal.ts';
import { channels, keys } from './keys.ts';
import { scripts } from './scripts.ts';

/** A Redis that hangs is as good as none. */
const ANSWER_TIMEOUT_MS = 1_500;

/** Between two attempts to reach a Redis that is away. */
const RECONNECT_MS = { first: 100, longest: 1_000 };

const PING_INTERVAL_MS = 5_000;

type Client = ReturnType<typeof connect>;

/** The store on a Redis that all nodes reach. One connection asks, another listens. */
export class RedisStore implements ClusterStore {
  readonly #commands: Client;
  readonly #subscriber: Client;
  readonly #seal: Seal;
  readonly #logger: Logger;
  #lastError: Error | undefined;
  readonly #heardAgain: (() => void)[] = [];

  /** @throws clusterUnavailable where Redis can not be reached, or refuses the password */
  static async open(redis: Config['redis'], secret: string, logger: Logger): Promise<RedisStore> {
    const store = new RedisStore(redis, secret, logger);
    try {
      await Promise.all([store.#commands, store.#subscriber].map((client) => inTime(client.connect())));
    } catch (cause) {
      await store.close();
      const said = store.#lastError?.message ?? 'it does not answer';
      const message = `Redis can not be reached (${said}). Start it, or correct redis.url (CHAXI_REDIS_URL).`;
      throw new ChaxiError('clusterUnavailable', { message, cause });
    }
    return store;
  }

  private constructor(redis: Config['redis'], secret: string, logger: Logger) {
    this.#seal = new Seal(secret);
    this.#logger = logger;
    this.#commands = connect(redis);
    this.#subscriber = connect(redis);
    this.#tellOf(this.#commands, { away: 'Redis is away', back: 'Redis is back' });
    const lost = { away: 'messages through Redis do not come', back: 'messages through Redis come again' };
    this.#tellOf(this.#subscriber, lost, () => {
      for (const callback of this.#heardAgain) callback();
    });
  }

  async writeNode(record: NodeRecord, ttlMs: number): Promise<boolean> {
    const key = keys.node(record.nodeId);
    const write = { expiration: { type: 'PX', value: ttlMs }, GET: true } as const;
    const transaction = this.#commands.multi().set(key, this.#seal.close(key, record), write);
    const [before] = await inTime(transaction.sAdd(keys.nodes, record.nodeId).exec());
    return before !== null;
  }

  async removeNode(nodeId: string): Promise<void> {
    await inTime(this.#commands.multi().del(keys.node(nodeId)).sRem(keys.nodes, nodeId).exec());
  }

  async removeEndedNode(nodeId: string, overdueMs: number): Promise<boolean> {
    const places = [keys.node(nodeId), keys.nodes];
    return (await this.#run('removeEndedNode', places, [nodeId, channels.inbox(nodeId), String(overdueMs)])) === 1;
  }

  async listNodes(): Promise<NodeRecord[]> {
    const nodeIds = (await inTime(this.#commands.sMembers(keys.nodes))).sort();
    if (nodeIds.length === 0) return [];
    const values = await inTime(this.#commands.mGet(nodeIds.map(keys.node)));
    const gone = nodeIds.filter((_, index) => values[index] === null);
    // One that writes itself between the two answers is in the set again with its next heartbeat.
    if (gone.length > 0) await inTime(this.#commands.sRem(keys.nodes, gone));
    return nodeIds.flatMap((nodeId, index) => {
      const value = values[index];
      if (typeof value !== 'string') return [];
      const record = nodeRecordSchema.safeParse(this.#seal.open(keys.node(nodeId), value));
      if (record.success) return [record.data];
      this.#logger.warn('a node of another cluster.secret or version is passed over', { nodeId });
      return [];
    });
  }

  async claimRoom(room: RoomKey, claim: RoomClaim): Promise<RoomPlace | undefined> {
    const { asker, nodeId, beside, ttlMs, leaving, carried } = claim;
    const sealed = carried ? this.#seal.close(keys.settings(room), carried.settings) : '';
    const settings = [sealed, String(carried?.ttlMs ?? 0)];
    const args = [keys.node(''), nodeId, String(ttlMs), asker, ...settings, beside ? '1' : '', ...leaving];
    const answer = await this.#run('claimRoom', [keys.room(room), keys.settings(room)], args);
    return Array.isArray(answer) ? this.#readPlace(room, answer) : undefined;
  }

  async findRoom(room: RoomKey): Promise<RoomPlace> {
    const answer = await this.#run('findRoom', [keys.room(room), keys.settings(room)], [keys.node('')]);
    return this.#readPlace(room, Array.isArray(answer) ? answer : []);
  }

  async releaseRoom(room: RoomKey, nodeId: string, isMoving: boolean): Promise<void> {
    await this.#run('releaseRoom', [keys.room(room), keys.settings(room)], [nodeId, isMoving ? '1' : '']);
  }

  send(nodeId: string, message: unknown): Promise<number> {
    const channel = channels.inbox(nodeId);
    return inTime(this.#commands.publish(channel, this.#seal.close(channel, message)));
  }

  async listen(nodeId: string, listener: (message: unknown) => void): Promise<Unsubscribe> {
    const channel = channels.inbox(nodeId);
    const receive = (text: string) => {
      const message = this.#seal.open(channel, text);
      if (message !== undefined) listener(message);
      else this.#logger.warn('a message without this cluster’s seal is passed over', { channel });
    };
    await inTime(this.#subscriber.subscribe(channel, receive));
    return () => inTime(this.#subscriber.unsubscribe(channel, receive));
  }

  onHeardAgain(callback: () => void): void {
    this.#heardAgain.push(callback);
  }

  async close(): Promise<void> {
    for (const client of [this.#commands, this.#subscriber]) if (client.isOpen) client.destroy();
  }

  /** One line when a connection is lost, and one when it is back. */
  #tellOf(client: Client, messages: { away: string; back: string }, onBack: () => void = () => {}): void {
    let away = false;
    client.on('error', (error: Error) => {
      this.#lastError = error;
      if (!away) this.#logger.error(messages.away, { error: error.message });
      away = true;
    });
    client.on('ready', () => {
      if (!away) return;
      away = false;
      this.#logger.info(messages.back);
      onBack();
    });
  }

  #readPlace(room: RoomKey, [sealed, ...holders]: unknown[]): RoomPlace {
    return {
      holders: holders.filter((holder) => typeof holder === 'string').sort(),
      settings: typeof sealed === 'string' ? this.#seal.open(keys.settings(room), sealed) : undefined,
    };
  }

  #run(script: keyof typeof scripts, keys: string[], args: string[]): Promise<unknown> {
    return inTime(this.#commands.eval(scripts[script], { keys, arguments: args }));
  }
}

function connect({ url, caFile }: Config['redis']) {
  const backoff = (retries: number) => Math.min(RECONNECT_MS.longest, RECONNECT_MS.first * 2 ** retries);
  const tls = url?.startsWith('rediss:') ? { tls: true as const, ...(caFile ? { ca: readFileSync(caFile) } : {}) } : {};
  return createClient({
    url: url ?? undefined,
    // What can not be asked now fails now: who waits is told why, instead of being served when nobody waits any more.
    disableOfflineQueue: true,
    pingInterval: PING_INTERVAL_MS,
    socket: { connectTimeout: ANSWER_TIMEOUT_MS, reconnectStrategy: backoff, ...tls },
  });
}

/** @throws clusterUnavailable */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Redis did not answer within ${ANSWER_TIMEOUT_MS} ms.`)),
      ANSWER_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } catch (cause) {
    throw new ChaxiError('clusterUnavailable', { cause });
  } finally {
    clearTimeout(timer);
  }
}
