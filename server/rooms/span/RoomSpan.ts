import { randomUUID } from 'node:crypto';
import type { LeaveReason } from '../../../protocol/participants.ts';
import type { RoomKey } from '../../cluster/ClusterStore.ts';
import type { Participant } from '../Participant.ts';
import type { MemberChange } from './describeChange.ts';
import { isReplacedBy } from './isReplacedBy.ts';
import { memberStateOf, type MemberState } from './memberState.ts';
import { RemoteMember } from './RemoteMember.ts';
import type { RemoteTrack, RemoteTrackOptions } from './RemoteTrack.ts';
import type { FarDemand, RosterEnd, RosterMark, RosterMessage } from './rosterMessage.ts';

/** What the span has to tell the room. */
export interface RoomSpanEvents {
  /** Someone on another node is not what they were. */
  memberChanged(change: MemberChange): void;
  /** Someone on another node came in, or into the lobby. */
  entered(member: RemoteMember): void;
  trackOpened(member: RemoteMember, track: RemoteTrack): void;
  trackResized(track: RemoteTrack): void;
  lobbyChanged(): void;
  speakersChanged(): void;
  /** A node watches so many layers of a video of this one. */
  demanded(nodeId: string, producerId: string, spatialLayers: number): void;
  /** It watches nothing any more. */
  nodeGone(nodeId: string): void;
  /** Something of someone changed, of whatever node. */
  changed(): void;
}

/** How a room reaches the same room on other nodes. Nothing is waited for, and what is lost is noticed later. */
export interface SpanLink {
  tellRoster(nodeId: string, message: RosterMessage): void;
  tellEnd(nodeId: string, end: RosterEnd): void;
  tellDemand(nodeId: string, demand: FarDemand): void;
  /** Resolves when that node does as it was told until here. @throws nodeUnavailable, clusterUnavailable */
  untilHeard(nodeId: string, mark: RosterMark): Promise<void>;
  acquire(
    nodeId: string,
    room: RoomKey,
    ...from: Parameters<RemoteTrackOptions['acquire']>
  ): ReturnType<RemoteTrackOptions['acquire']>;
}

export interface RoomSpanOptions {
  room: RoomKey;
  /** Of this node. */
  sessions: () => Iterable<Participant>;
  link: SpanLink;
  events: RoomSpanEvents;
  /** So long someone whose node is gone is waited for. */
  returnTimeoutMs: number;
  onClosed: () => void;
}

interface Peer {
  epoch: string | undefined;
  /** The last change that was heard of. */
  seq: number;
  members: Map<string, RemoteMember>;
  speakers: readonly string[];
  /** When it was asked for everything, by the node's clock; undefined where nothing is missing. What comes until then is passed over. */
  askedAt: number | undefined;
}

/** Who was asked for everything and has not answered may not have heard it. */
const ASK_AGAIN_MS = 1_000;

interface Lost {
  member: RemoteMember;
  timer: NodeJS.Timeout;
}

/**
 * The part of a room that is on other nodes. Each node tells the others of its own people, by what they are now and not by what
 * happened: what a message does not say is told by the next one, and who missed some asks for all.
 */
export class RoomSpan {
  readonly #options: RoomSpanOptions;
  readonly #epoch = randomUUID();
  /** By node. */
  readonly #peers = new Map<string, Peer>();
  /** People whose node is gone or is being left, by participant. */
  readonly #lost = new Map<string, Lost>();
  /** Sessions of which the others must hear. */
  readonly #touched = new Set<Participant>();
  readonly #gone = new Map<string, LeaveReason>();
  #speakers: readonly string[] = [];
  #seq = 0;
  /** Of those who wait until the other nodes have told who is there. */
  readonly #meeting = new Set<() => void>();
  #flushing: NodeJS.Immediate | undefined;
  #closed = false;

  constructor(options: RoomSpanOptions) {
    this.#options = options;
  }

  get nodeIds(): string[] {
    return [...this.#peers.keys()];
  }

  /** Those on other nodes. */
  get members(): RemoteMember[] {
    const lost = [...this.#lost.values()].map(({ member }) => member);
    return [...this.#peers.values()].flatMap(({ members }) => [...members.values()]).concat(lost);
  }

  /** Those of other nodes who are heard. */
  get speakers(): string[] {
    return [...this.#peers.values()].flatMap(({ speakers }) => speakers);
  }

  find(participantId: string): RemoteMember | undefined {
    return this.members.find(({ id }) => id === participantId);
  }

  /** Someone whose node is gone need not be waited for. @returns whether this is such a one */
  giveUp(participantId: string, reason: LeaveReason): boolean {
    const lost = this.#lost.get(participantId);
    if (lost) this.#remove(lost.member, reason);
    return lost !== undefined;
  }

  /** Something of a session of this node changed that others may see. */
  touch(participant: Participant): void {
    this.#touched.add(participant);
    this.#flushLater();
    this.#options.events.changed();
  }

  /** A session of this node is over. */
  drop(participantId: string, reason: LeaveReason): void {
    this.#gone.set(participantId, reason);
    this.#flushLater();
    this.#options.events.changed();
  }

  /** Who of this node is heard. */
  setSpeakers(participantIds: readonly string[]): void {
    if (participantIds.join() === this.#speakers.join()) return;
    this.#speakers = participantIds;
    this.#flushLater();
  }

  /** The other nodes that have the room, as the store says. */
  meet(nodeIds: readonly string[]): void {
    for (const nodeId of nodeIds) {
      const isNew = !this.#peers.has(nodeId);
      const peer = this.#peerOf(nodeId);
      if (isNew) peer.askedAt = performance.now();
      this.#tellState(nodeId, { kind: isNew ? 'whole' : 'mark', asks: isNew });
      this.#tellDemand(peer);
    }
    // Those that are not written any more, and have said nothing, answer whether they are there.
    for (const nodeId of this.#peers.keys()) {
      if (!nodeIds.includes(nodeId)) this.#tellState(nodeId, { kind: 'mark', asks: false });
    }
  }

  /** Messages of the others were lost. */
  askAll(): void {
    for (const [nodeId, peer] of this.#peers) this.#ask(nodeId, peer);
  }

  /** Resolves when the other nodes have told who is there, or `withinMs` later. */
  async untilMet(withinMs: number): Promise<void> {
    const isMet = () => [...this.#peers.values()].every(({ epoch }) => epoch !== undefined);
    if (isMet()) return;
    await new Promise<void>((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        this.#meeting.delete(look);
        resolve();
      };
      const look = () => isMet() && settle();
      const timer = setTimeout(settle, withinMs);
      this.#meeting.add(look);
    });
  }

  receive(nodeId: string, message: RosterMessage): void {
    const { epoch, seq, kind, asks } = message;
    const peer = this.#peerOf(nodeId);
    if (asks) {
      this.#tellState(nodeId, { kind: 'whole', asks: false });
      this.#tellDemand(peer);
    }
    if (kind === 'whole') return this.#take(nodeId, peer, message);
    const isKnown = peer.epoch === epoch;
    if (isKnown && seq === peer.seq) return;
    if (isKnown && kind === 'change' && seq === peer.seq + 1) return this.#take(nodeId, peer, message);
    const isAsked = peer.askedAt !== undefined && performance.now() - peer.askedAt < ASK_AGAIN_MS;
    if (!isAsked) this.#ask(nodeId, peer);
  }

  /** What is to be told is told now, and not when the turn is over. */
  tellNow(): void {
    if (!this.#flushing) return;
    clearImmediate(this.#flushing);
    this.#flush();
  }

  /** Resolves when all other nodes that have the room do as was told until now. @throws nodeUnavailable, clusterUnavailable */
  async untilHeard(): Promise<void> {
    this.tellNow();
    const { link, room } = this.#options;
    const mark = { room, epoch: this.#epoch, seq: this.#seq };
    await Promise.all(this.nodeIds.map((nodeId) => link.untilHeard(nodeId, mark)));
  }

  /** Whether this node knows all that the other one had told until then. */
  hasHeard(nodeId: string, { epoch, seq }: RosterMark): boolean {
    const peer = this.#peers.get(nodeId);
    return peer?.epoch === epoch && peer.seq >= seq;
  }

  receiveDemand(nodeId: string, { producerId, spatialLayers }: FarDemand): void {
    this.#options.events.demanded(nodeId, producerId, spatialLayers);
  }

  /** The room ended there, or the node is gone: those who were there are waited for where they can come back. */
  lose(nodeId: string, { moving }: { moving: boolean }): void {
    const peer = this.#peers.get(nodeId);
    if (!peer) return;
    this.#peers.delete(nodeId);
    for (const member of peer.members.values()) {
      if (moving && !this.#isReplaced(member)) this.#wait(member);
      else if (moving) this.#end(member, 'replaced');
      else this.#end(member, 'roomClosed');
    }
    const { events } = this.#options;
    if (peer.speakers.length > 0) events.speakersChanged();
    events.nodeGone(nodeId);
    for (const look of this.#meeting) look();
  }

  /**
   * Someone has come in whose other sessions end by that, and are gone from here before their nodes say so.
   * @returns these
   */
  replace(identity: string): RemoteMember[] {
    const replaced = this.members.filter((member) => member.identity === identity);
    for (const member of replaced) this.#remove(member, 'replaced');
    return replaced;
  }

  /** @param moving the people of this node will come back on another one */
  close({ moving }: { moving: boolean }): void {
    if (this.#closed) return;
    this.#closed = true;
    clearImmediate(this.#flushing);
    const { link, room, onClosed } = this.#options;
    for (const nodeId of this.#peers.keys()) link.tellEnd(nodeId, { room, moving });
    for (const { timer } of this.#lost.values()) clearTimeout(timer);
    for (const member of this.members) member.close();
    this.#peers.clear();
    this.#lost.clear();
    for (const look of this.#meeting) look();
    onClosed();
  }

  /** Once more, since it may have been lost, or been forgotten there with this node. */
  #tellDemand({ members }: Peer): void {
    for (const member of members.values()) member.tellDemandAgain();
  }

  #ask(nodeId: string, peer: Peer): void {
    peer.askedAt = performance.now();
    this.#tellState(nodeId, { kind: 'mark', asks: true });
  }

  #peerOf(nodeId: string): Peer {
    const known = this.#peers.get(nodeId);
    if (known) return known;
    const peer: Peer = { epoch: undefined, seq: 0, members: new Map(), speakers: [], askedAt: undefined };
    this.#peers.set(nodeId, peer);
    return peer;
  }

  #flushLater(): void {
    if (!this.#closed) this.#flushing ??= setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#flushing = undefined;
    const members = [...this.#touched].flatMap((participant) => memberStateOf(participant) ?? []);
    const gone = [...this.#gone].map(([participantId, reason]) => ({ participantId, reason }));
    this.#touched.clear();
    this.#gone.clear();
    this.#seq += 1;
    for (const nodeId of this.#peers.keys()) this.#tell(nodeId, { kind: 'change', members, gone, asks: false });
  }

  /** Everything, or only how far it has come. */
  #tellState(nodeId: string, { kind, asks }: { kind: 'whole' | 'mark'; asks: boolean }): void {
    const sessions = kind === 'whole' ? [...this.#options.sessions()] : [];
    const members = sessions.flatMap((participant) => memberStateOf(participant) ?? []);
    this.#tell(nodeId, { kind, members, gone: [], asks });
  }

  #tell(nodeId: string, part: Pick<RosterMessage, 'kind' | 'members' | 'gone' | 'asks'>): void {
    const { link, room } = this.#options;
    link.tellRoster(nodeId, { room, epoch: this.#epoch, seq: this.#seq, speakers: [...this.#speakers], ...part });
  }

  #take(nodeId: string, peer: Peer, message: RosterMessage): void {
    const { epoch, seq, kind, members, gone, speakers } = message;
    const whole = kind === 'whole';
    if (peer.epoch !== undefined && peer.epoch !== epoch) {
      // It has begun anew, and did not say that it ended.
      this.lose(nodeId, { moving: true });
      peer = this.#peerOf(nodeId);
    }
    Object.assign(peer, { epoch, seq });
    if (whole) peer.askedAt = undefined;
    const present = new Set(members.map(({ info }) => info.participantId));
    const missing = whole ? [...peer.members.keys()].filter((id) => !present.has(id)) : [];
    for (const participantId of missing) this.#leave(peer, participantId, 'connectionLost');
    for (const { participantId, reason } of gone) this.#leave(peer, participantId, reason);
    for (const state of members) this.#update(nodeId, peer, state);
    if (whole) this.#tellDemand(peer);
    for (const look of this.#meeting) look();
    if (peer.speakers.join() !== speakers.join()) {
      peer.speakers = speakers;
      this.#options.events.speakersChanged();
    }
  }

  #update(nodeId: string, peer: Peer, state: MemberState): void {
    const { events, link, room } = this.#options;
    const { participantId, identity } = state.info;
    const known = peer.members.get(participantId) ?? this.#takeLost(nodeId, participantId);
    if (!known && this.#isReplaced({ id: participantId, identity, enteredAt: state.enteredAt })) return;
    const member =
      known ??
      new RemoteMember({
        nodeId,
        state,
        acquire: (...from) => link.acquire(nodeId, room, ...from),
        demand: (producerId, spatialLayers) => link.tellDemand(nodeId, { room, producerId, spatialLayers }),
      });
    peer.members.set(participantId, member);
    const before = known ? member.state : null;
    const { opened, resized } = member.update(state);
    events.changed();
    events.memberChanged({ before, after: state });
    for (const track of opened) events.trackOpened(member, track);
    for (const track of resized) events.trackResized(track);
    if (before?.stage === 'lobby' || state.stage === 'lobby') events.lobbyChanged();
    if (before?.stage !== state.stage) {
      this.#dropReplaced(identity);
      events.entered(member);
    }
  }

  #leave(peer: Peer, participantId: string, reason: LeaveReason): void {
    const member = peer.members.get(participantId);
    if (member) this.#remove(member, reason);
  }

  #end(member: RemoteMember, reason: LeaveReason): void {
    const { events } = this.#options;
    member.close();
    events.changed();
    events.memberChanged({ before: member.state, after: null, reason });
    if (member.stage === 'lobby') events.lobbyChanged();
  }

  /** The same person has come in later, on this node or on another one; the node of this session may not know it yet. */
  #isReplaced(session: Pick<RemoteMember, 'id' | 'identity' | 'enteredAt'>): boolean {
    const own = [...this.#options.sessions()].filter(({ stage }) => stage !== 'prepared');
    const others = [...own, ...this.members].filter(
      ({ id, identity }) => id !== session.id && identity === session.identity,
    );
    return others.some((other) => isReplacedBy(session, other));
  }

  #dropReplaced(identity: string): void {
    const replaced = this.members.filter((member) => member.identity === identity && this.#isReplaced(member));
    for (const member of replaced) this.#remove(member, 'replaced');
  }

  #remove(member: RemoteMember, reason: LeaveReason): void {
    const lost = this.#lost.get(member.id);
    clearTimeout(lost?.timer);
    this.#lost.delete(member.id);
    for (const { members } of this.#peers.values()) members.delete(member.id);
    this.#end(member, reason);
  }

  /** Its media are gone, and it is shown as one who reconnects, until it does or time is up. */
  #wait(member: RemoteMember): void {
    const before = member.state;
    const state: MemberState = {
      ...before,
      media: [],
      info: { ...before.info, connection: 'reconnecting', tracks: [] },
    };
    member.update(state);
    const { events, returnTimeoutMs } = this.#options;
    const timer = setTimeout(() => this.#remove(member, 'connectionLost'), returnTimeoutMs);
    this.#lost.set(member.id, { member, timer });
    events.memberChanged({ before, after: state });
    if (state.stage === 'lobby') events.lobbyChanged();
  }

  /** Of a node that was taken for gone, and is there. */
  #takeLost(nodeId: string, participantId: string): RemoteMember | undefined {
    const lost = this.#lost.get(participantId);
    if (lost?.member.nodeId !== nodeId) return undefined;
    clearTimeout(lost.timer);
    this.#lost.delete(participantId);
    return lost.member;
  }
}
