import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { StillInfo } from '../../protocol/stills.ts';
import type { LocatedPicture } from '../storage/StillArchive.ts';
import type { Page, RoomKey } from '../storage/StillStore.ts';
import type { Audience } from './Audience.ts';
import type { ExpectedStill } from './ExpectedStill.ts';
import { RoomStills, type StillsContext } from './RoomStills.ts';

/** Stills of all rooms of a node, open or not: for REST, for the uploads and for whoever looks at a picture. */
export class StillDesk {
  readonly #context: StillsContext;
  readonly #openRooms = new Map<string, RoomStills>();

  constructor(context: Omit<StillsContext, 'index'>) {
    this.#context = { ...context, index: new Map() };
  }

  openRoom(room: RoomKey, audience: Audience): RoomStills {
    const key = keyOf(room);
    const stills = new RoomStills({
      room,
      audience,
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

  /** @throws stillNotFound, storageUnavailable */
  locatePicture(key: string): Promise<LocatedPicture> {
    return this.#context.archive.locate(key);
  }

  /** Newest first. @throws storageUnavailable */
  listStills(tenant: string, room: string, page: Page): Promise<StillInfo[]> {
    return this.#context.archive.list({ tenant, room }, page);
  }

  /** Those in the room hear of it. @throws stillNotFound, storageUnavailable */
  async removeStill(tenant: string, room: string, stillId: string): Promise<void> {
    await this.#context.archive.remove({ tenant, room }, stillId);
    this.#openRooms.get(keyOf({ tenant, room }))?.tellRemoved(stillId);
  }
}

function keyOf({ tenant, room }: RoomKey): string {
  return JSON.stringify([tenant, room]);
}
