import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import { limits } from '../../protocol/limits.ts';
import type { RequestData, ResponseData } from '../../protocol/signaling.ts';
import type { StillInfo, StillSource } from '../../protocol/stills.ts';
import { parseInput } from '../base/parseInput.ts';
import { uuidV7 } from '../base/uuidV7.ts';
import type { StillArchive } from '../storage/StillArchive.ts';
import type { RoomKey } from '../storage/StillStore.ts';
import type { Audience } from './Audience.ts';
import { ExpectedStill } from './ExpectedStill.ts';
import type { Participant } from './Participant.ts';
import { Quotas } from './Quotas.ts';
import type { RemoteMember } from './span/RemoteMember.ts';
import { askedStillSchema, type StillAsker, type StillNews } from './stillMessages.ts';
import type { StillNodes } from './StillNodes.ts';

/** What the stills of all rooms share. */
export interface StillsContext {
  archive: StillArchive;
  nodes: StillNodes;
  settings: Config['stills'];
  /** Where the node finds a still that is waited for, whatever its room. */
  index: Map<string, ExpectedStill>;
  /** How a still ended that was asked for, and after how many milliseconds. */
  observe: (result: 'kept' | ErrorCode, elapsedMs: number) => void;
}

export interface RoomStillsOptions {
  room: RoomKey;
  audience: Audience;
  findRemote: (participantId: string) => RemoteMember | undefined;
  context: StillsContext;
  onClosed: () => void;
}

/** Those of this node who wait for one still. */
interface Waiting {
  askers: Set<Participant>;
  /** The node of the camera, where that is another one, and when it is given up that it tells of the still. */
  far: { nodeId: string; timer: NodeJS.Timeout } | undefined;
}

/** The node of a camera tells how a still ended, also where it does not come in time; so long after that its word must be lost. */
const NEWS_WITHIN_MS = 5_000;

/** The stills of one room while it is open: who asks whom, and who of this node hears what came of it. */
export class RoomStills {
  readonly #room: RoomKey;
  readonly #audience: Audience;
  readonly #findRemote: (participantId: string) => RemoteMember | undefined;
  readonly #context: StillsContext;
  readonly #onClosed: () => void;
  /** Of cameras of this node. */
  readonly #expected = new Set<ExpectedStill>();
  /** By still. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #asking = new Quotas({ perMinute: limits.stillsAskedPerMinute, burst: limits.stillsAskedBurst });
  readonly #listing = new Quotas({ perMinute: limits.stillListsPerMinute, burst: limits.stillListsBurst });
  readonly #taking = new Quotas({ perMinute: limits.stillsTakenPerMinute, burst: limits.stillsTakenBurst });
  #closed = false;

  constructor({ room, audience, findRemote, context, onClosed }: RoomStillsOptions) {
    this.#room = room;
    this.#audience = audience;
    this.#findRemote = findRemote;
    this.#context = context;
    this.#onClosed = onClosed;
  }

  /**
   * Asks a camera for a still; what comes of it is told by notifications.
   * @throws wrongStage, notAllowed, rateLimited, participantNotFound, producerNotFound, cameraUnavailable, stillsFull,
   * storageUnavailable; of a camera on another node also nodeUnavailable, clusterUnavailable
   */
  async request(asker: Participant, data: RequestData<'requestStill'>): Promise<ResponseData<'requestStill'>> {
    assertJoined(asker);
    // Who may not receive what others show may not receive it as a still either.
    if (!asker.grants.stills || !asker.grants.subscribe) throw new ChaxiError('notAllowed');
    this.#asking.take(asker);
    const remote = this.#findRemote(data.participantId);
    const asked = remote
      ? await this.#requestElsewhere(asker.info, remote.nodeId, data)
      : await this.requestFor(asker.info, data);
    // Much may have happened meanwhile.
    assertJoined(asker);
    this.#wait(asker, asked, remote?.nodeId);
    return asked;
  }

  /**
   * Asks a camera of this node, for someone on whatever node whose grants and quota were looked at.
   * @throws rateLimited, participantNotFound, producerNotFound, cameraUnavailable, stillsFull, storageUnavailable
   */
  async requestFor(requestedBy: StillAsker, data: RequestData<'requestStill'>): Promise<ResponseData<'requestStill'>> {
    const publisher = this.#findPublisher(data);
    const joined = this.#findUntouched(publisher, data.source);
    if (joined) return answer(joined);
    this.#taking.take(publisher);
    await this.#assertSpace();
    // Much may have happened meanwhile.
    this.#findPublisher(data);
    return answer(this.#findUntouched(publisher, data.source) ?? this.#expect(requestedBy, publisher, data.source));
  }

  /** @throws stillNotFound */
  decline(publisher: Participant, { stillId, code }: RequestData<'declineStill'>): void {
    const still = [...this.#expected].find((item) => item.stillId === stillId && item.publisher === publisher);
    if (!still) throw new ChaxiError('stillNotFound');
    still.fail(code);
  }

  /** @throws wrongStage, notAllowed, rateLimited, storageUnavailable */
  async list(participant: Participant, page: RequestData<'listStills'>): Promise<ResponseData<'listStills'>> {
    if (!participant.inside && !participant.grants.lookAhead) throw new ChaxiError('wrongStage');
    if (!participant.grants.subscribe) throw new ChaxiError('notAllowed');
    this.#listing.take(participant);
    return { stills: await this.#context.nodes.list(this.#room, page) };
  }

  /** @throws wrongStage, notAllowed, stillNotFound, storageUnavailable, nodeUnavailable, clusterUnavailable */
  async remove(moderator: Participant, stillId: string): Promise<void> {
    assertJoined(moderator);
    if (!moderator.grants.moderate) throw new ChaxiError('notAllowed');
    await this.#context.nodes.remove(this.#room, stillId);
  }

  /** What became of a still of the room, on whatever node. */
  hear(news: StillNews): void {
    switch (news.news) {
      case 'added':
        this.#takeAskers(news.still.stillId);
        return this.#audience.tellSubscribers('stillAdded', { still: news.still });
      case 'failed':
        return this.#tellFailed(news.stillId, news.code);
      case 'removed':
        return this.#audience.tellSubscribers('stillRemoved', { stillId: news.stillId });
    }
  }

  /** Another node is gone, with what its cameras were asked for. */
  loseNode(nodeId: string): void {
    for (const [stillId, { far }] of this.#waiting) {
      if (far?.nodeId === nodeId) this.#tellFailed(stillId, 'nodeUnavailable');
    }
  }

  /** Someone has a new socket, and may have missed what was asked of the camera. */
  remind(publisher: Participant): void {
    for (const still of this.#expected) {
      if (still.publisher === publisher) publisher.notify('stillRequested', still.request);
    }
  }

  /** Someone has left. */
  forget(participant: Participant): void {
    for (const { askers } of this.#waiting.values()) askers.delete(participant);
    for (const still of this.#expected) {
      if (still.publisher === participant) still.fail('participantNotFound');
    }
  }

  /** @param code What those are told who still send a picture. */
  close(code: ErrorCode): void {
    this.#closed = true;
    // Everyone here hears of the end of the room itself.
    for (const stillId of this.#waiting.keys()) this.#takeAskers(stillId);
    for (const still of this.#expected) still.fail(code);
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

  async #requestElsewhere(
    { participantId, identity, name }: StillAsker,
    nodeId: string,
    data: RequestData<'requestStill'>,
  ): Promise<ResponseData<'requestStill'>> {
    const requestedBy = { participantId, identity, name };
    const request = { ask: 'take', room: this.#room, ...data, requestedBy } as const;
    return parseInput(askedStillSchema, await this.#context.nodes.ask(nodeId, request));
  }

  #wait(asker: Participant, { stillId, timeoutMs }: ResponseData<'requestStill'>, nodeId: string | undefined): void {
    const waiting = this.#waiting.get(stillId);
    if (waiting) {
      waiting.askers.add(asker);
      return;
    }
    const giveUp = () => this.#tellFailed(stillId, 'stillTimeout');
    const far = nodeId === undefined ? undefined : { nodeId, timer: setTimeout(giveUp, timeoutMs + NEWS_WITHIN_MS) };
    this.#waiting.set(stillId, { askers: new Set([asker]), far });
  }

  /** They wait no more. */
  #takeAskers(stillId: string): Iterable<Participant> {
    const waiting = this.#waiting.get(stillId);
    clearTimeout(waiting?.far?.timer);
    this.#waiting.delete(stillId);
    return waiting?.askers ?? [];
  }

  #tellFailed(stillId: string, code: string): void {
    for (const asker of this.#takeAskers(stillId)) asker.notify('stillFailed', { stillId, code });
  }

  /** Who asks for what has been asked for just now gets the same picture: a camera takes one at a time. */
  #findUntouched(publisher: Participant, source: StillSource): ExpectedStill | undefined {
    return [...this.#expected].find((item) => item.publisher === publisher && item.source === source && item.untouched);
  }

  #expect(requestedBy: StillAsker, publisher: Participant, source: StillSource): ExpectedStill {
    const { archive, nodes, settings, index } = this.#context;
    const still: ExpectedStill = new ExpectedStill({
      stillId: uuidV7(Date.now()),
      room: this.#room,
      publisher,
      source,
      requestedBy,
      archive,
      serverUrl: nodes.serverUrl,
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
    const { index, nodes, observe } = this.#context;
    const { stillId, askedAt } = still;
    this.#expected.delete(still);
    index.delete(stillId);
    const failed = typeof outcome === 'string';
    observe(failed ? outcome : 'kept', Date.now() - askedAt);
    if (failed) nodes.tellFailed(this.#room, { stillId, code: outcome });
    else nodes.tellAdded(this.#room, outcome);
  }
}

function answer({ stillId, remainingMs }: ExpectedStill): ResponseData<'requestStill'> {
  return { stillId, timeoutMs: remainingMs };
}

function assertJoined(participant: Participant): void {
  if (!participant.joined) throw new ChaxiError('wrongStage');
}
