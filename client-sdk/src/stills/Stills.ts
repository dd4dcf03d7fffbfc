import type { Source } from '../../../protocol/grants.ts';
import type { RequestInput, RequestMethod, ResponseData, ServerNotificationData } from '../../../protocol/signaling.ts';
import type { StillInfo } from '../../../protocol/stills.ts';
import type { Logger } from '../Logger.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import type { LocalTrack } from '../tracks/LocalTrack.ts';
import { toStill, type Still, type StillPage, type StillSource } from './Still.ts';
import { StillCamera } from './StillCamera.ts';
import { StillRequests } from './StillRequests.ts';

export interface StillsOptions {
  /** Where the room is now. */
  serverUrl: () => string;
  tracks: () => ReadonlyMap<Source, Pick<LocalTrack, 'captureStill'>>;
  request: <M extends RequestMethod>(method: M, data: RequestInput<M>) => Promise<ResponseData<M>>;
  emit: RoomEmit;
  logger: Logger;
}

/** The stills of one stay: those that are asked for here, those that are asked of the own cameras, and those that are kept. */
export class Stills {
  readonly #options: StillsOptions;
  readonly #requests = new StillRequests();
  readonly #camera: StillCamera;

  constructor(options: StillsOptions) {
    this.#options = options;
    const { serverUrl, tracks, request, logger } = options;
    this.#camera = new StillCamera({
      serverUrl,
      tracks,
      logger,
      decline: (stillId, code) => request('declineStill', { stillId, code }),
    });
  }

  /** Resolves when the still is there. */
  async request(participantId: string, source: StillSource): Promise<Still> {
    const { stillId, timeoutMs } = await this.#options.request('requestStill', { participantId, source });
    return this.#requests.wait(stillId, timeoutMs);
  }

  async list(page: StillPage): Promise<Still[]> {
    const { stills } = await this.#options.request('listStills', page);
    return stills.map((info) => toStill(this.#options.serverUrl(), info));
  }

  async remove(stillId: string): Promise<void> {
    await this.#options.request('removeStill', { stillId });
  }

  handleRequested(order: ServerNotificationData<'stillRequested'>): void {
    const { stillId, source, requestedBy } = order;
    if (this.#camera.take(order)) this.#options.emit('stillRequested', { stillId, source, requestedBy });
  }

  handleAdded(info: StillInfo): void {
    const still = toStill(this.#options.serverUrl(), info);
    this.#requests.added(still);
    this.#options.emit('stillAdded', still);
  }

  handleFailed({ stillId, code }: ServerNotificationData<'stillFailed'>): void {
    this.#requests.failed(stillId, code);
  }

  handleRemoved(stillId: string): void {
    this.#options.emit('stillRemoved', stillId);
  }

  /** The socket was away: what came meanwhile was not told. */
  async catchUp(): Promise<void> {
    if (this.#requests.pending === 0) return;
    try {
      for (const still of await this.list({})) this.#requests.added(still);
    } catch (error) {
      this.#options.logger.debug('listStills failed', error);
    }
  }

  close(): void {
    this.#requests.close();
    this.#camera.close();
  }
}
