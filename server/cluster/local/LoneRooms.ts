import type { RoomPlaces } from '../RoomPlaces.ts';

/** Of a node without a cluster: a room is there or nowhere, and the node knows its own. */
export class LoneRooms implements RoomPlaces {
  readonly #nodeId: string;

  constructor(nodeId: string) {
    this.#nodeId = nodeId;
  }

  async claim(): Promise<string> {
    return this.#nodeId;
  }

  async find(): Promise<undefined> {}

  onLost(): void {}

  keep(): void {}

  release(): void {}

  claimAgain(): void {}

  close(): void {}
}
