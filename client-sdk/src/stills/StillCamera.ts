import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Source } from '../../../protocol/grants.ts';
import type { ServerNotificationData } from '../../../protocol/signaling.ts';
import type { StillDeclineCode } from '../../../protocol/stills.ts';
import type { Logger } from '../Logger.ts';
import { httpUrl } from '../signaling/httpUrl.ts';
import type { LocalTrack } from '../tracks/LocalTrack.ts';
import { fitPicture } from './fitPicture.ts';
import { uploadStill, type PictureUpload } from './uploadStill.ts';

type StillOrder = ServerNotificationData<'stillRequested'>;
type Captured = Awaited<ReturnType<LocalTrack['captureStill']>>;

/** A small picture that takes longer keeps the other one from coming: a still without it is better than none. */
const PREVIEW_TIME_MS = 2_000;

export interface StillCameraOptions {
  /** Where the room is now. */
  serverUrl: () => string;
  tracks: () => ReadonlyMap<Source, Pick<LocalTrack, 'captureStill'>>;
  decline: (stillId: string, code: StillDeclineCode) => Promise<unknown>;
  logger: Logger;
  upload?: (picture: PictureUpload) => Promise<void>;
  fit?: (captured: Captured, maxBytes: number) => Promise<Blob>;
}

/** Takes the stills that others ask of the own cameras, and sends them. */
export class StillCamera {
  readonly #options: StillCameraOptions;
  readonly #upload: (picture: PictureUpload) => Promise<void>;
  readonly #fit: (captured: Captured, maxBytes: number) => Promise<Blob>;
  readonly #gone = new AbortController();
  /** What was asked for, with why it does not come. The server asks again after a resume. */
  readonly #orders = new Map<string, StillDeclineCode | null>();
  /** A camera takes one photograph at a time. */
  readonly #capturing = new Turns();
  /** Two at once would only share the uplink, and both come late. */
  readonly #sending = new Turns();

  constructor(options: StillCameraOptions) {
    this.#options = options;
    this.#upload = options.upload ?? uploadStill;
    this.#fit = options.fit ?? fitPicture;
  }

  /** @returns false where this still is on its way already, or was declined, which is said again */
  take(order: StillOrder): boolean {
    const { stillId, upload } = order;
    const declined = this.#orders.get(stillId);
    if (declined === undefined) {
      this.#orders.set(stillId, null);
      void this.#answer(order, performance.now() + upload.timeoutMs);
      return true;
    }
    if (declined !== null) void this.#decline(stillId, declined);
    return false;
  }

  close(): void {
    this.#gone.abort();
  }

  async #answer(order: StillOrder, deadline: number): Promise<void> {
    const { stillId, source } = order;
    const captured = await this.#capturing
      .next(() => this.#capture(source))
      .catch((error: unknown) => {
        this.#options.logger.warn(`the still ${stillId} could not be taken`, error);
        return null;
      });
    if (this.#gone.signal.aborted) return;
    if (captured === null) return this.#decline(stillId, 'cameraUnavailable');
    try {
      await this.#sending.next(() => this.#send(captured, order, deadline));
    } catch (error) {
      if (this.#gone.signal.aborted) return;
      this.#options.logger.warn(`the still ${stillId} could not be sent`, error);
      // The server may not know of it: something between may have refused. If it does, it minds no decline.
      await this.#decline(stillId, declineCodeOf(error));
    }
  }

  async #send(captured: Captured, { upload }: StillOrder, deadline: number): Promise<void> {
    const { signal } = this.#gone;
    const { serverUrl = this.#options.serverUrl(), path, token, maxBytes } = upload;
    const blob = await this.#fit(captured, maxBytes);
    if (captured.preview) await this.#sendPreview(captured.preview, upload, deadline);
    if (signal.aborted) return;
    const url = httpUrl(serverUrl, captured.corrected ? `${path}?corrected=1` : path);
    await this.#upload({ url, token, blob, timeoutMs: deadline - performance.now(), signal });
  }

  async #sendPreview(blob: Blob, upload: StillOrder['upload'], deadline: number): Promise<void> {
    const { serverUrl = this.#options.serverUrl(), path, token } = upload;
    const url = httpUrl(serverUrl, `${path}/preview`);
    const timeoutMs = Math.min(PREVIEW_TIME_MS, deadline - performance.now());
    try {
      await this.#upload({ url, token, blob, timeoutMs, once: true, signal: this.#gone.signal });
    } catch (error) {
      this.#options.logger.debug(`the preview ${path} could not be sent`, error);
    }
  }

  async #decline(stillId: string, code: StillDeclineCode): Promise<void> {
    const { decline, logger } = this.#options;
    this.#orders.set(stillId, code);
    await decline(stillId, code).catch((error: unknown) => logger.debug('declineStill failed', error));
  }

  #capture(source: Source): Promise<Captured> {
    const track = this.#options.tracks().get(source);
    if (!track) throw new ChaxiError('cameraUnavailable');
    return track.captureStill();
  }
}

/** What is no ChaxiError came of the picture, which the browser could not read. */
function declineCodeOf(error: unknown): StillDeclineCode {
  if (!(error instanceof ChaxiError)) return 'cameraUnavailable';
  return error.code === 'pictureTooLarge' ? 'pictureTooLarge' : 'serverUnreachable';
}

/** One after the other, also after one that failed. */
class Turns {
  #latest: Promise<unknown> = Promise.resolve();

  next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#latest.then(work);
    this.#latest = turn.catch(() => undefined);
    return turn;
  }
}
