import { setImmediate } from 'node:timers/promises';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { StillInfo } from '../../protocol/stills.ts';
import { keyOfRoom } from '../base/keyOfRoom.ts';
import type { Logger } from '../base/logger.ts';
import { parseInput } from '../base/parseInput.ts';
import type { Cluster } from '../cluster/Cluster.ts';
import type { LocatedPicture } from '../storage/StillArchive.ts';
import type { Page } from '../storage/StillStore.ts';
import type { ExpectedStill } from './ExpectedStill.ts';
import { RoomStills, type RoomStillsOptions, type StillsContext } from './RoomStills.ts';
import { stillNewsSchema, stillRequestSchema, type StillRequest } from './stillMessages.ts';
import { StillNodes, type PictureElsewhere } from './StillNodes.ts';

export interface StillDeskOptions extends Omit<StillsContext, 'index' | 'nodes'> {
  cluster: Cluster;
  logger: Logger;
}

/** Stills of all rooms, open or not: for REST, for the uploads, for whoever looks at a picture, and for the other nodes. */
export class StillDesk {
  readonly #context: StillsContext;
  readonly #openRooms = new Map<string, RoomStills>();

  constructor({ cluster, logger, ...context }: StillDeskOptions) {
    const nodes = new StillNodes({
      archive: context.archive,
      cluster,
      hear: (news) => this.#openRooms.get(keyOfRoom(news.room))?.hear(news),
      logger,
    });
    this.#context = { ...context, nodes, index: new Map() };
    cluster.handle('stills', (data) => this.#answer(parseInput(stillRequestSchema, data)));
    cluster.handle('stillNews', async (data) => {
      const news = parseInput(stillNewsSchema, data);
      // The answer that came right before it, perhaps of this very still, is taken up first.
      await setImmediate();
      this.#openRooms.get(keyOfRoom(news.room))?.hear(news);
    });
    cluster.onNodeGone((nodeId) => {
      for (const stills of this.#openRooms.values()) stills.loseNode(nodeId);
    });
  }

  openRoom(options: Omit<RoomStillsOptions, 'context' | 'onClosed'>): RoomStills {
    const key = keyOfRoom(options.room);
    const stills = new RoomStills({
      ...options,
      context: this.#context,
      onClosed: () => this.#openRooms.delete(key),
    });
    this.#openRooms.set(key, stills);
    return stills;
  }

  /** The still that an upload is for. @throws stillNotFound, also where the token is not its own */
  findExpected(stillId: string, token: string): ExpectedStill {
    const still = this.#context.index.get(stillId);
    if (!still?.opensWith(token)) throw new ChaxiError('stillNotFound');
    return still;
  }

  /** @throws stillNotFound, storageUnavailable, rateLimited, nodeUnavailable, clusterUnavailable */
  locatePicture(key: string): Promise<LocatedPicture | PictureElsewhere> {
    return this.#context.nodes.locate(key);
  }

  /** Newest first. @throws storageUnavailable */
  listStills(tenant: string, room: string, page: Page): Promise<StillInfo[]> {
    return this.#context.nodes.list({ tenant, room }, page);
  }

  /** Those in the room hear of it. @throws stillNotFound, storageUnavailable, nodeUnavailable, clusterUnavailable */
  removeStill(tenant: string, room: string, stillId: string): Promise<void> {
    return this.#context.nodes.remove({ tenant, room }, stillId);
  }

  async #answer(request: StillRequest): Promise<unknown> {
    const { nodes } = this.#context;
    switch (request.ask) {
      case 'take': {
        const stills = this.#openRooms.get(keyOfRoom(request.room));
        if (!stills) throw new ChaxiError('participantNotFound');
        return stills.requestFor(request.requestedBy, request);
      }
      case 'list':
        return { stills: await nodes.listHere(request.room, request.page) };
      case 'remove':
        return nodes.removeHere(request.room, request.stillId);
      case 'find':
        return nodes.findHere(request.key);
    }
  }
}
