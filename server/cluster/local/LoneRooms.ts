import type { RoomPlace } from '../CarriedRoom.ts';
import type { RoomPlaces } from '../RoomPlaces.ts';

/** Of a node without a cluster: a room is there or nowhere, and the node knows its own. */
export class LoneRooms implements RoomPlaces {
  readonly #nodeId: string;

  constructor(nodeId: string) {
    this.#nodeId = nodeId;
  }

  async claim(): Promise<RoomPlace> {
    return { holders: [this.#nodeId], settings: undefined };
  }

  async find(): Promise<RoomPlace> {
    return { holders: [], settings: undefined };
  }

  onShared(): void {}

  keep(): void {}

  release(): void {}

  async released(): Promise<void> {}

  claimAgain(): void {}

  close(): void {}
}
