import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import type { ServerNotificationData } from '../../protocol/signaling.ts';
import type { StillInfo, StillSource } from '../../protocol/stills.ts';
import type { ReceivedPicture } from '../storage/StillFiles.ts';
import type { StillArchive } from '../storage/StillArchive.ts';
import type { RoomKey } from '../storage/StillStore.ts';
import type { Participant } from './Participant.ts';
import { PictureSlot } from './PictureSlot.ts';
import type { StillAsker } from './stillMessages.ts';

export interface ExpectedStillOptions {
  stillId: string;
  room: RoomKey;
  publisher: Participant;
  source: StillSource;
  /** Who asked first. */
  requestedBy: StillAsker;
  archive: StillArchive;
  /** Where the picture is to be sent; undefined where its page knows it. */
  serverUrl: string | undefined;
  maxBytes: number;
  timeoutMs: number;
  /** Called once, with the still or why there is none. */
  onEnd: (outcome: StillInfo | ErrorCode) => void;
}

/** Below it pictures are sent to the server; the id of the still follows. */
export const UPLOADS_PATH = '/stills/uploads';

/** Bytes of chance in the token of an upload. */
const TOKEN_BYTES = 24;

/** A still that a camera was asked for: waits for its picture, for a while, and keeps it, with its preview where one came. */
export class ExpectedStill {
  readonly stillId: string;
  readonly publisher: Participant;
  readonly source: StillSource;
  readonly askedAt = Date.now();
  readonly #options: ExpectedStillOptions;
  readonly #token = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly #timer: NodeJS.Timeout;
  readonly #picture: PictureSlot;
  readonly #preview: PictureSlot;
  #stage: 'waiting' | 'keeping' | 'over' = 'waiting';

  constructor(options: ExpectedStillOptions) {
    const { stillId, publisher, source, archive, timeoutMs } = options;
    this.#options = options;
    this.stillId = stillId;
    this.publisher = publisher;
    this.source = source;
    this.#picture = new PictureSlot(archive, 'picture');
    this.#preview = new PictureSlot(archive, 'preview');
    this.#timer = setTimeout(() => this.fail('stillTimeout'), timeoutMs);
  }

  /** No byte of a picture has come, so that who asks now may get the same. */
  get untouched(): boolean {
    return this.#stage === 'waiting' && this.#picture.empty && this.#preview.empty;
  }

  /** In which the picture must have arrived. */
  get remainingMs(): number {
    return Math.max(0, this.askedAt + this.#options.timeoutMs - Date.now());
  }

  /** What its publisher is told. */
  get request(): ServerNotificationData<'stillRequested'> {
    const { serverUrl, maxBytes, requestedBy } = this.#options;
    const { participantId, name } = requestedBy;
    const path = `${UPLOADS_PATH}/${this.stillId}`;
    return {
      stillId: this.stillId,
      source: this.source,
      upload: { serverUrl, path, token: this.#token, maxBytes, timeoutMs: this.remainingMs },
      requestedBy: { participantId, name },
    };
  }

  opensWith(token: string): boolean {
    const [own, given] = [Buffer.from(this.#token), Buffer.from(token)];
    return own.length === given.length && timingSafeEqual(own, given);
  }

  /**
   * Takes the picture. An upload that breaks off may be begun again; a new one takes the place of one that hangs.
   * @throws stillNotFound where it came already, what the archive throws, and what `fail` said meanwhile
   */
  async receive(body: Readable, colorCorrected: boolean): Promise<StillInfo> {
    if (this.#stage !== 'waiting') throw new ChaxiError('stillNotFound');
    try {
      await this.#picture.receive(body);
    } catch (error) {
      this.#giveUp(error);
      throw error;
    }
    const picture = this.#picture.take();
    if (!picture) throw new ChaxiError('stillNotFound');
    return this.#keep(picture, colorCorrected);
  }

  /**
   * Takes the small picture, before the other. The still does without it where it does not come, or not in time.
   * @throws as `receive`
   */
  async receivePreview(body: Readable): Promise<void> {
    if (this.#stage !== 'waiting') throw new ChaxiError('stillNotFound');
    await this.#preview.receive(body);
  }

  /** Ends the waiting. What has arrived whole is kept nevertheless. */
  fail(code: ErrorCode): void {
    if (this.#stage === 'waiting') this.#end(code);
  }

  async #keep(picture: ReceivedPicture, colorCorrected: boolean): Promise<StillInfo> {
    const { archive, room, requestedBy } = this.#options;
    const { claims, info } = this.publisher;
    const { identity, name } = requestedBy;
    this.#stage = 'keeping';
    clearTimeout(this.#timer);
    const preview = this.#preview.take();
    this.#preview.clear(new ChaxiError('stillNotFound', { message: 'The picture came before its preview.' }));
    try {
      const still = await archive.keep({ picture, preview }, room, {
        stillId: this.stillId,
        takenAt: this.askedAt,
        source: this.source,
        takenFrom: { identity: claims.sub, name: info.name },
        requestedBy: { identity, name },
        colorCorrected,
      });
      this.#end(still);
      return still;
    } catch (error) {
      this.#end(error instanceof ChaxiError ? error.code : 'internal');
      throw error;
    }
  }

  /** A picture that is refused will be no better the next time; one that broke off, or gave way to another, may. */
  #giveUp(error: unknown): void {
    const final = error instanceof ChaxiError && error.code !== 'badRequest' && error.code !== 'stillNotFound';
    if (final) this.fail(error.code);
  }

  #end(outcome: StillInfo | ErrorCode): void {
    clearTimeout(this.#timer);
    this.#stage = 'over';
    const reason = new ChaxiError(typeof outcome === 'string' ? outcome : 'stillNotFound');
    this.#picture.clear(reason);
    this.#preview.clear(reason);
    this.#options.onEnd(outcome);
  }
}
