import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { stillListSchema } from '../../protocol/rest.ts';
import type { StillInfo } from '../../protocol/stills.ts';
import type { Logger } from '../base/logger.ts';
import type { Cluster } from '../cluster/Cluster.ts';
import type { NodeRecord } from '../cluster/NodeRecord.ts';
import type { LocatedPicture, StillArchive } from '../storage/StillArchive.ts';
import { STILLS_PATH } from '../storage/stillInfo.ts';
import type { Page, RoomKey } from '../storage/StillStore.ts';
import { PictureSearch } from './PictureSearch.ts';
import type { StillNews, StillRequest } from './stillMessages.ts';

/** A picture that another node has. */
export interface PictureElsewhere {
  /** Its whole address there, as browsers find it. */
  url: string;
}

export interface StillNodesOptions {
  archive: StillArchive;
  cluster: Cluster;
  /** Tells those who are in the room on this node. */
  hear: (news: StillNews) => void;
  logger: Logger;
}

/**
 * The stills of all nodes. Each node keeps those that cameras sent to it, and those of one room may be on any: so all nodes
 * are asked and told.
 */
export class StillNodes {
  readonly #archive: StillArchive;
  readonly #cluster: Cluster;
  readonly #hear: (news: StillNews) => void;
  readonly #logger: Logger;
  readonly #search: PictureSearch;
  /** Nodes that did not answer the last time. */
  readonly #silent = new Set<string>();

  constructor({ archive, cluster, hear, logger }: StillNodesOptions) {
    this.#archive = archive;
    this.#cluster = cluster;
    this.#hear = hear;
    this.#logger = logger;
    this.#search = new PictureSearch({
      ask: (key) => this.#askForPicture(key),
      isThere: (nodeId) => this.#others.some((node) => node.nodeId === nodeId),
    });
    cluster.onNodeGone((nodeId) => this.#silent.delete(nodeId));
  }

  /** Where pictures are sent to and shown: this very node, where a client may come to another one by the address that it knows. */
  get serverUrl(): string | undefined {
    return this.#cluster.url;
  }

  /** Of a room, newest first. Those of a node that does not answer are left out. @throws storageUnavailable */
  async list(room: RoomKey, page: Page): Promise<StillInfo[]> {
    const others = this.#others.map(({ nodeId }) => this.#listOf(nodeId, room, page));
    const lists = await Promise.all([this.listHere(room, page), ...others]);
    return lists
      .flat()
      .sort((a, b) => (a.stillId < b.stillId ? 1 : -1))
      .slice(0, page.limit);
  }

  /** @throws storageUnavailable */
  async listHere(room: RoomKey, page: Page): Promise<StillInfo[]> {
    return (await this.#archive.list(room, page)).map((still) => this.#ofThisNode(still));
  }

  /** Those in the room hear of it. @throws stillNotFound, storageUnavailable, nodeUnavailable, clusterUnavailable */
  async remove(room: RoomKey, stillId: string): Promise<void> {
    const others = this.#others.map(({ nodeId }) => this.ask(nodeId, { ask: 'remove', room, stillId }));
    await firstOf([this.removeHere(room, stillId), ...others]);
  }

  /** @throws stillNotFound, storageUnavailable */
  async removeHere(room: RoomKey, stillId: string): Promise<void> {
    await this.#archive.remove(room, stillId);
    this.#tell({ news: 'removed', room, stillId });
  }

  /** @throws stillNotFound, storageUnavailable, rateLimited, nodeUnavailable, clusterUnavailable */
  async locate(key: string): Promise<LocatedPicture | PictureElsewhere> {
    try {
      return await this.#archive.locate(key);
    } catch (error) {
      if (!isNotFound(error) || this.#others.length === 0) throw error;
    }
    const nodeId = await this.#search.find(key);
    const { url } = await this.#cluster.findNode(nodeId);
    return { url: `${url}${STILLS_PATH}/${key}` };
  }

  /** @throws stillNotFound, storageUnavailable */
  async findHere(key: string): Promise<void> {
    await this.#archive.locate(key);
  }

  tellAdded(room: RoomKey, still: StillInfo): void {
    this.#tell({ news: 'added', room, still: this.#ofThisNode(still) });
  }

  tellFailed(room: RoomKey, failed: Pick<Extract<StillNews, { news: 'failed' }>, 'stillId' | 'code'>): void {
    this.#tell({ news: 'failed', room, ...failed });
  }

  /** @throws nodeUnavailable, clusterUnavailable, and what the other node refuses it with */
  ask(nodeId: string, request: StillRequest): Promise<unknown> {
    return this.#cluster.request(nodeId, 'stills', request);
  }

  get #others(): NodeRecord[] {
    return this.#cluster.nodes.filter(({ nodeId }) => nodeId !== this.#cluster.nodeId);
  }

  /** Each node knows whether it has the room. */
  #tell(news: StillNews): void {
    for (const { nodeId } of this.#others) this.#cluster.tell(nodeId, 'stillNews', news);
    this.#hear(news);
  }

  async #listOf(nodeId: string, room: RoomKey, page: Page): Promise<StillInfo[]> {
    try {
      const { stills } = stillListSchema.parse(await this.ask(nodeId, { ask: 'list', room, page }));
      if (this.#silent.delete(nodeId)) this.#logger.info('the stills of a node are listed again', { nodeId });
      return stills;
    } catch (error) {
      if (!this.#silent.has(nodeId)) this.#logger.warn('the stills of a node are left out', { nodeId, error });
      this.#silent.add(nodeId);
      return [];
    }
  }

  #askForPicture(key: string): Promise<string> {
    return firstOf(
      this.#others.map(async ({ nodeId }) => {
        await this.ask(nodeId, { ask: 'find', key });
        return nodeId;
      }),
    );
  }

  #ofThisNode(still: StillInfo): StillInfo {
    return { ...still, serverUrl: this.serverUrl };
  }
}

/** What the first node answers that has it. @throws stillNotFound where none has; what keeps one from answering, which may have it */
async function firstOf<T>(answers: Promise<T>[]): Promise<T> {
  try {
    return await Promise.any(answers);
  } catch (error) {
    const errors = (error as AggregateError).errors as unknown[];
    throw errors.find((item) => !isNotFound(item)) ?? new ChaxiError('stillNotFound');
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ChaxiError && error.code === 'stillNotFound';
}
