import type { Readable } from 'node:stream';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { PictureKind, StillArchive } from '../storage/StillArchive.ts';
import type { ReceivedPicture } from '../storage/StillFiles.ts';

/** Holds one picture that is sent to the server, from its first byte until someone takes it. */
export class PictureSlot {
  readonly #archive: StillArchive;
  readonly #kind: PictureKind;
  /** Of the upload that is under way. */
  #body: Readable | undefined;
  #arrived: ReceivedPicture | null = null;

  constructor(archive: StillArchive, kind: PictureKind) {
    this.#archive = archive;
    this.#kind = kind;
  }

  /** Nothing is coming, and nothing has arrived. */
  get empty(): boolean {
    return this.#body === undefined && this.#arrived === null;
  }

  /**
   * Resolves when the picture has arrived. Whatever was here before gives way to it.
   * @throws what the archive throws; stillNotFound, or the reason of `clear`, where it had to give way itself
   */
  async receive(body: Readable): Promise<void> {
    this.clear(new ChaxiError('stillNotFound', { message: 'Another upload of this still took its place.' }));
    this.#body = body;
    try {
      const picture = await this.#archive.receive(body, this.#kind);
      if (this.#body !== body) {
        this.#discard(picture);
        throw new ChaxiError('stillNotFound');
      }
      this.#arrived = picture;
    } finally {
      if (this.#body === body) this.#body = undefined;
    }
  }

  /** What has arrived. */
  take(): ReceivedPicture | null {
    const picture = this.#arrived;
    this.#arrived = null;
    return picture;
  }

  /** Cuts what is coming, and discards what has arrived. */
  clear(reason: ChaxiError): void {
    const body = this.#body;
    this.#body = undefined;
    body?.destroy(reason);
    const picture = this.take();
    if (picture) this.#discard(picture);
  }

  /** The archive says what fails, and sweeps what is left. */
  #discard(picture: ReceivedPicture): void {
    this.#archive.discard(picture).catch(() => undefined);
  }
}
