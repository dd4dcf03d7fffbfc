import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import { limits } from '../../protocol/limits.ts';
import type { RequestData, ResponseData } from '../../protocol/signaling.ts';
import type { StillInfo, StillSource } from '../../protocol/stills.ts';
import { uuidV7 } from '../base/uuidV7.ts';
import type { StillArchive } from '../storage/StillArchive.ts';
import type { RoomKey } from '../storage/StillStore.ts';
import type { Audience } from './Audience.ts';
import { ExpectedStill } from './ExpectedStill.ts';
import type { Participant } from './Participant.ts';
import { Quotas } from './Quotas.ts';

/** What the stills of all rooms share. */
export interface StillsContext {
  archive: StillArchive;
  settings: Config['stills'];
  /** Where the node finds a still that is waited for, whatever its room. */
  index: Map<string, ExpectedStill>;
  /** How a still ended that was asked for, and after how many milliseconds. */
  observe: (result: 'kept' | ErrorCode, elapsedMs: number) => void;
}

export interface RoomStillsOptions {
  room: RoomKey;
  audience: Audience;
  context: StillsContext;
  onClosed: () => void;
}

/** The stills of one room while it is open: who asks whom, and who hears what came of it. */
export class RoomStills {
  readonly #room: RoomKey;
  readonly #audience: Audience;
  readonly #context: StillsContext;
  readonly #onClosed: () => void;
  readonly #expected = new Set<ExpectedStill>();
  readonly #asking = new Quotas({ perMinute: limits.stillsAskedPerMinute, burst: limits.stillsAskedBurst });
  readonly #taking = new Quotas({ perMinute: limits.stillsTakenPerMinute, burst: limits.stillsTakenBurst });
  #closed = false;

  constructor({ room, audience, context, onClosed }: RoomStillsOptions) {
    this.#room = room;
    this.#audience = audience;
    this.#context = context;
    this.#onClosed = onClosed;
  }

  /**
   * Asks a camera for a still; what comes of it is told by notifications.
   * @throws wrongStage, notAllowed, rateLimited, participantNotFound, producerNotFound, cameraUnavailable, stillsFull,
   * storageUnavailable
   */
  async request(asker: Participant, data: RequestData<'requestStill'>): Promise<ResponseData<'requestStill'>> {
    assertJoined(asker);
    // Who may not receive what others show may not receive it as a still either.
    if (!asker.grants.stills || !asker.grants.subscribe) throw new ChaxiError('notAllowed');
    this.#asking.take(asker);
    const publisher = this.#findPublisher(data);
    const joined = this.#join(asker, publisher, data.source);
    if (joined) return answer(joined);
    this.#taking.take(publisher);
    await this.#assertSpace();
    // Much may have happened meanwhile.
    assertJoined(asker);
    this.#findPublisher(data);
    return answer(this.#join(asker, publisher, data.source) ?? this.#expect(asker, publisher, data.source));
  }

  /** @throws stillNotFound */
  decline(publisher: Participant, { stillId, code }: RequestData<'declineStill'>): void {
    const still = [...this.#expected].find((item) => item.stillId === stillId && item.publisher === publisher);
    if (!still) throw new ChaxiError('stillNotFound');
    still.fail(code);
  }

  /** @throws wrongStage, notAllowed, storageUnavailable */
  async list(participant: Participant, page: RequestData<'listStills'>): Promise<ResponseData<'listStills'>> {
    assertJoined(participant);
    if (!participant.grants.subscribe) throw new ChaxiError('notAllowed');
    return { stills: await this.#context.archive.list(this.#room, page) };
  }

  /** @throws wrongStage, notAllowed, stillNotFound, storageUnavailable */
  async remove(moderator: Participant, stillId: string): Promise<void> {
    assertJoined(moderator);
    if (!moderator.grants.moderate) throw new ChaxiError('notAllowed');
    await this.#context.archive.remove(this.#room, stillId);
    this.tellRemoved(stillId);
  }

  tellRemoved(stillId: string): void {
    this.#audience.tellSubscribers('stillRemoved', { stillId });
  }

  /** Someone has a new socket, and may have missed what was asked of the camera. */
  remind(publisher: Participant): void {
    for (const still of this.#expected) {
      if (still.publisher === publisher) publisher.notify('stillRequested', still.request);
    }
  }

  /** Someone has left. */
  forget(participant: Participant): void {
    for (const still of this.#expected) {
      still.askers.delete(participant);
      if (still.publisher === participant) still.fail('participantNotFound');
    }
  }

  /** @param code What those are told who still send a picture. */
  close(code: ErrorCode): void {
    this.#closed = true;
    for (const still of this.#expected) {
      // Everyone hears of the end of the room itself.
      still.askers.clear();
      still.fail(code);
    }
    this.#onClosed();
  }

  /** Of the bytes of the tenant those under way are not known; so much more there may be for once. */
  async #assertSpace(): Promise<void> {
    const { archive, settings } = this.#context;
    const { maxPerRoom, maxBytesPerKey } = settings;
    const [kept, bytes] = await Promise.all([
      archive.count(this.#room),
      maxBytesPerKey === 0 ? 0 : archive.bytesOf(this.#room.tenant),
    ]);
    if (kept + this.#expected.size >= maxPerRoom) throw new ChaxiError('stillsFull');
    if (maxBytesPerKey > 0 && bytes >= maxBytesPerKey) {
      const message =
        'The stills of all rooms of this API key fill the space they have. Remove some before you ask for more.';
      throw new ChaxiError('stillsFull', { message });
    }
  }

  #findPublisher({ participantId, source }: RequestData<'requestStill'>): Participant {
    const publisher = this.#audience.findJoined(participantId);
    if (!publisher || publisher.grants.hidden || this.#closed) throw new ChaxiError('participantNotFound');
    const track = [...publisher.tracks.values()].find((item) => item.source === source);
    if (!track) throw new ChaxiError('producerNotFound');
    // Who has muted the camera does not want to be seen.
    if (track.paused) throw new ChaxiError('cameraUnavailable');
    return publisher;
  }

  /** Who asks for what has been asked for just now gets the same picture: a camera takes one at a time. */
  #join(asker: Participant, publisher: Participant, source: StillSource): ExpectedStill | undefined {
    const still = [...this.#expected].find(
      (item) => item.publisher === publisher && item.source === source && item.untouched,
    );
    still?.askers.add(asker);
    return still;
  }

  #expect(asker: Participant, publisher: Participant, source: StillSource): ExpectedStill {
    const { archive, settings, index } = this.#context;
    const still: ExpectedStill = new ExpectedStill({
      stillId: uuidV7(Date.now()),
      room: this.#room,
      publisher,
      source,
      asker,
      archive,
      maxBytes: settings.maxBytes,
      timeoutMs: settings.timeoutMs,
      onEnd: (outcome) => this.#settle(still, outcome),
    });
    this.#expected.add(still);
    index.set(still.stillId, still);
    publisher.notify('stillRequested', still.request);
    return still;
  }

  #settle(still: ExpectedStill, outcome: StillInfo | ErrorCode): void {
    const { index, observe } = this.#context;
    const { stillId, askers, askedAt } = still;
    this.#expected.delete(still);
    index.delete(stillId);
    const failed = typeof outcome === 'string';
    observe(failed ? outcome : 'kept', Date.now() - askedAt);
    if (failed) for (const asker of askers) asker.notify('stillFailed', { stillId, code: outcome });
    else this.#audience.tellSubscribers('stillAdded', { still: outcome });
  }
}

function answer({ stillId, remainingMs }: ExpectedStill): ResponseData<'requestStill'> {
  return { stillId, timeoutMs: remainingMs };
}

function assertJoined(participant: Participant): void {
  if (!participant.joined) throw new ChaxiError('wrongStage');
}
