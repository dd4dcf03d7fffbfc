import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { LeaveReason } from '../../protocol/participants.ts';
import type { RoomInfo } from '../../protocol/signaling.ts';
import type { Logger } from '../base/logger.ts';
import { handOver, inForce, mayHandOver, roleOf, takeBack, type HandOver } from './hostingPolicy.ts';
import type { Member } from './Member.ts';
import type { Participant } from './Participant.ts';
import type { Rules } from './records/rulesPart.ts';
import type { SharedRecord } from './records/SharedRecord.ts';
import type { MemberState } from './span/memberState.ts';

export interface HostingOptions {
  record: SharedRecord<Rules>;
  /** Of this node. */
  sessions: () => Iterable<Participant>;
  /** On all nodes. */
  members: () => readonly Member[];
  /** So long the role of a host is kept whose connection is lost. */
  returnMs: number;
  /** Someone of this node has another role now. */
  roleChanged: (participant: Participant) => void;
  /** The rules, or who hosts or is awaited, may not be as they were. */
  changed: () => void;
  logger: Logger;
}

/** A host whose connection is lost. */
interface Awaited {
  name: string;
  /** By the node's clock. */
  until: number;
  timer: NodeJS.Timeout;
}

/** Who hosts one room: by the token, or since a host has handed it over. All nodes find the same, and each sees to its own people. */
export class Hosting {
  readonly #options: HostingOptions;
  /** By identity. */
  readonly #awaited = new Map<string, Awaited>();
  /** Those who are awaited no more, by identity. */
  readonly #gone = new Set<string>();
  #closed = false;
  /** Nobody is to come back. */
  #isOver = false;
  #takingBack = false;

  constructor(options: HostingOptions) {
    this.#options = options;
    options.record.onChanged(() => this.#apply());
  }

  /** Who hosts now: someone who is here before one who is awaited. */
  get current(): Pick<RoomInfo, 'hostName' | 'hostAway'> {
    const here = this.#joined.filter((member) => member.role === 'host' && member.takesSeat && isConnected(member));
    const [first] = here.sort((one, other) => one.info.joinedAt - other.info.joinedAt);
    if (first) return { hostName: first.info.name, hostAway: null };
    const [awaited] = [...this.#awaited.values()].sort((one, other) => other.until - one.until);
    if (!awaited) return { hostName: null, hostAway: null };
    const { name, until } = awaited;
    return { hostName: name, hostAway: { name, keptForMs: Math.max(0, Math.round(until - performance.now())) } };
  }

  /** A session of this node gets the role that it has in this room now. @returns whether that is another one */
  assign(participant: Participant): boolean {
    const { identity, claims, role } = participant;
    participant.role = roleOf(identity, claims.role, this.#handOvers);
    return participant.role !== role;
  }

  /**
   * Makes someone in the room the host, and the one who does so an expert.
   * @throws notAllowed, participantNotFound, storageUnavailable
   */
  async handOver(host: Participant, participantId: string): Promise<void> {
    if (!host.joined || !mayHandOver(host)) throw new ChaxiError('notAllowed');
    const target = this.#joined.find(({ id, visible }) => id === participantId && visible);
    if (!target || target === host) throw new ChaxiError('participantNotFound');
    const { identity: from, claims } = host;
    const at = Date.now();
    const next = { from, to: target.identity, toName: target.info.name, byToken: claims.role === 'host', at };
    await this.#options.record.update((rules) => {
      const handOvers = inForce(rules.handOvers, at);
      // Another page of the same person may have been first.
      if (roleOf(from, claims.role, handOvers) !== 'host') throw new ChaxiError('notAllowed');
      return { ...rules, handOvers: handOver(handOvers, next) };
    });
  }

  /** Someone came in, or has lost or found the connection. */
  review(): void {
    if (this.#closed) return;
    for (const member of this.#joined) {
      if (isConnected(member)) this.#welcome(member.identity);
      else if (member.role === 'host' && member.takesSeat) this.#await(member.identity, member.info.name);
    }
    const handOvers = this.#handOvers;
    for (const { to, toName } of handOvers) {
      const isHost = !handOvers.some(({ from }) => from === to);
      if (isHost && !this.#isConnected(to)) this.#await(to, toName);
    }
    void this.#takeBack();
    this.#options.changed();
  }

  /** Someone who was in the room is not any more. Nobody is told of who was hidden in it. */
  depart({ info: { identity, name, role }, takesSeat }: MemberState, reason: LeaveReason): void {
    if (this.#closed) return;
    const isHost = (role === 'host' && takesSeat) || this.#awaited.has(identity);
    if (isHost && reason !== 'replaced' && !this.#isConnected(identity)) {
      if (reason === 'connectionLost') this.#await(identity, name);
      else this.#giveUp(identity);
    }
    this.review();
  }

  /** @param isOver nobody is to come back: what was handed over goes back */
  close({ isOver }: { isOver: boolean }): void {
    this.#closed = true;
    for (const { timer } of this.#awaited.values()) clearTimeout(timer);
    this.#isOver = isOver;
    if (isOver) void this.#takeBack();
  }

  get #handOvers(): HandOver[] {
    return inForce(this.#options.record.value.handOvers, Date.now());
  }

  get #joined(): Member[] {
    return this.#options.members().filter(({ stage }) => stage === 'joined');
  }

  #isConnected(identity: string): boolean {
    return this.#joined.some((member) => member.identity === identity && isConnected(member));
  }

  #welcome(identity: string): void {
    this.#gone.delete(identity);
    clearTimeout(this.#awaited.get(identity)?.timer);
    this.#awaited.delete(identity);
  }

  #await(identity: string, name: string): void {
    if (this.#awaited.has(identity) || this.#gone.has(identity)) return;
    const { returnMs } = this.#options;
    const timer = setTimeout(() => {
      this.#giveUp(identity);
      this.review();
    }, returnMs);
    this.#awaited.set(identity, { name, until: performance.now() + returnMs, timer });
  }

  #giveUp(identity: string): void {
    clearTimeout(this.#awaited.get(identity)?.timer);
    this.#awaited.delete(identity);
    this.#gone.add(identity);
  }

  /** So does what holds no more. Each node does so, and the first one changes something. */
  async #takeBack(): Promise<void> {
    const { record, logger } = this.#options;
    const isHere = (identity: string) => !this.#isOver && (this.#awaited.has(identity) || this.#isConnected(identity));
    const change = (rules: Rules): Rules => {
      const handOvers = takeBack(inForce(rules.handOvers, Date.now()), isHere);
      return handOvers === rules.handOvers ? rules : { ...rules, handOvers };
    };
    // One at a time: behind a database that does not answer they would queue, and a hand-over behind them.
    if (this.#takingBack) return;
    this.#takingBack = true;
    try {
      // Others may go meanwhile.
      while (change(record.value) !== record.value) await record.update(change);
    } catch (error) {
      // Whoever comes or goes next tries again.
      logger.warn('the role of a host could not go back', { error });
    }
    this.#takingBack = false;
  }

  #apply(): void {
    if (this.#closed) return;
    for (const participant of this.#options.sessions()) {
      if (this.assign(participant)) this.#options.roleChanged(participant);
    }
    this.review();
  }
}

function isConnected({ info: { connection } }: Member): boolean {
  return connection === 'connected';
}
