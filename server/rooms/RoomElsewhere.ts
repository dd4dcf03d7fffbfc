/** Thrown where a room is asked for that another node has. */
export class RoomElsewhere extends Error {
  /** Of that node, as browsers find it. */
  readonly url: string;

  constructor(url: string) {
    super(`The room is at ${url}.`);
    this.name = 'RoomElsewhere';
    this.url = url;
  }
}
