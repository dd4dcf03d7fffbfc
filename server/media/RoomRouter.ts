import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { KeyFrameAsker } from './KeyFrameAsker.ts';
import type { CloseObserver, MediaWorker } from './MediaWorker.ts';
import { SharedCopies, type CopyLease } from './SharedCopies.ts';

interface RoomRouterEvents {
  /** The worker died and took the router with it. */
  died: [];
  /** Producers heard now, loudest first; empty in silence. */
  speakersChanged: [producerIds: string[]];
}

/** How often, how loud and how many: an utterance is seen within half a second, breath is not. */
const AUDIO_LEVELS = { interval: 400, threshold: -55, maxEntries: 4 };

/** One router of a room, on one worker, with what listens for its speakers. */
export class RoomRouter extends EventEmitter<RoomRouterEvents> {
  readonly worker: MediaWorker;
  readonly router: types.Router;
  /** For the producers whose publishers are on this router. */
  readonly keyFrames: KeyFrameAsker;
  readonly #audioLevels: types.AudioLevelObserver;
  /** The copies of other routers' producers: each crosses once, whoever asks. */
  readonly #piped = new SharedCopies<types.Producer>();
  #load = 0;

  static async create(worker: MediaWorker, codecs: types.RouterRtpCodecCapability[]): Promise<RoomRouter> {
    const router = await worker.createRouter(codecs);
    try {
      return new RoomRouter(worker, router, await router.createAudioLevelObserver(AUDIO_LEVELS));
    } catch (error) {
      router.close();
      throw error;
    }
  }

  private constructor(worker: MediaWorker, router: types.Router, audioLevels: types.AudioLevelObserver) {
    super();
    this.setMaxListeners(0);
    this.worker = worker;
    this.router = router;
    this.keyFrames = new KeyFrameAsker(router);
    this.#audioLevels = audioLevels;
    router.on('workerclose', () => this.emit('died'));
    audioLevels.on('volumes', (volumes) =>
      this.emit(
        'speakersChanged',
        volumes.map(({ producer }) => producer.id),
      ),
    );
    audioLevels.on('silence', () => this.emit('speakersChanged', []));
  }

  get id(): string {
    return this.router.id;
  }

  get closed(): boolean {
    return this.router.closed;
  }

  /** Consumers and producers of the participants on this router. */
  get load(): number {
    return this.#load;
  }

  /** Counts a producer or consumer until its observer tells that it is closed. */
  add(observer: CloseObserver): void {
    this.#load += 1;
    observer.once('close', () => (this.#load -= 1));
  }

  /** A producer of sound counts as a speaker from now on; it leaves by itself when it closes. */
  listenTo(producer: types.Producer): Promise<void> {
    return this.#audioLevels.addProducer({ producerId: producer.id });
  }

  /** Makes a producer of another router of the room usable on this one, under the same id, until the last user releases it. */
  pipeFrom(origin: RoomRouter, producer: types.Producer): Promise<CopyLease<types.Producer>> {
    return this.#piped.acquire(producer.id, async () => {
      const { pipeProducer } = await origin.router.pipeToRouter({ producerId: producer.id, router: this.router });
      if (!pipeProducer) throw new Error(`No pipe for producer ${producer.id}.`);
      return pipeProducer;
    });
  }

  close(): void {
    this.router.close();
    this.removeAllListeners();
  }
}
