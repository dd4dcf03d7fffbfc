import { expect } from 'chai';
import fc from 'fast-check';
import {
  applyEvent,
  applyHistory,
  applyStored,
  applySync,
  emptyTimeline,
  hearOf,
  isBehind,
  shownMessages,
  startAt,
  type AppliedChanges,
  type Timeline,
} from '../../../../../client-sdk/src/messaging/timeline/Timeline.ts';
import type { Message } from '../../../../../protocol/messages.ts';

function message(seq: number, change = seq): Message {
  return {
    conversationId: 'tea',
    seq,
    change,
    clientId: `device01:${seq}`,
    from: { identity: 'anna', name: 'Anna' },
    sentAt: seq,
    content: { type: 'text', text: `${seq}@${change}` },
    replyTo: null,
    mentions: [],
    editedAt: null,
    reactions: [],
  };
}

/** What a server has, and tells as protocol/realtime.ts says. */
class Log {
  readonly messages = new Map<number, Message>();
  lastChange = 0;

  add(count: number): { previous: number; messages: Message[] } {
    const previous = this.lastChange;
    const added = Array.from({ length: count }, () => message(++this.lastChange));
    for (const one of added) this.messages.set(one.seq, one);
    return { previous, messages: added };
  }

  /** Changes the message that lies at this part of all of them. */
  change(part: number): { previous: number; messages: Message[] } | null {
    const seqs = [...this.messages.keys()];
    const seq = seqs[Math.floor(part * seqs.length)];
    if (seq === undefined) return null;
    const previous = this.lastChange;
    const changed = message(seq, ++this.lastChange);
    this.messages.set(seq, changed);
    return { previous, messages: [changed] };
  }

  sync(after: number, limit: number): { messages: Message[]; more: boolean } {
    const newer = [...this.messages.values()].filter(({ change }) => change > after);
    newer.sort((a, b) => a.change - b.change);
    return { messages: newer.slice(0, limit), more: newer.length > limit };
  }

  history(before: number, limit: number): { messages: Message[]; more: boolean } {
    const older = [...this.messages.values()].filter(({ seq }) => seq < before).reverse();
    return { messages: older.slice(0, limit), more: older.length > limit };
  }
}

type Step =
  | { type: 'add'; count: number; delivery: Delivery }
  | { type: 'change'; part: number; delivery: Delivery }
  | { type: 'stored'; count: number; delivery: Delivery }
  | { type: 'askHistory' }
  | { type: 'askSync' }
  | { type: 'arrive'; part: number };
/** What is told may arrive at once, later than other things, twice, or never. */
type Delivery = 'atOnce' | 'late' | 'twice' | 'never';

const delivery = fc.constantFrom<Delivery>('atOnce', 'late', 'twice', 'never');
const steps = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('add' as const), count: fc.integer({ min: 1, max: 4 }), delivery }),
    fc.record({ type: fc.constant('change' as const), part: fc.double({ min: 0, max: 0.999, noNaN: true }), delivery }),
    fc.record({ type: fc.constant('stored' as const), count: fc.integer({ min: 1, max: 3 }), delivery }),
    fc.record({ type: fc.constant('askHistory' as const) }),
    fc.record({ type: fc.constant('askSync' as const) }),
    fc.record({ type: fc.constant('arrive' as const), part: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
  ),
  { maxLength: 60 },
);

const PAGE = 3;

/** A device that is told what these steps say, in the order in which things arrive. */
class Device {
  timeline: Timeline = emptyTimeline;
  readonly added: number[] = [];
  readonly #log: Log;
  readonly #onTheWay: (() => void)[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  run(step: Step): void {
    switch (step.type) {
      case 'add':
      case 'change': {
        const told = step.type === 'add' ? this.#log.add(step.count) : this.#log.change(step.part);
        if (told)
          this.#deliver(step.delivery, () => this.#apply(applyEvent(this.timeline, told.previous, told.messages)));
        return;
      }
      case 'stored': {
        const { messages } = this.#log.add(step.count);
        return this.#deliver(step.delivery, () => this.#apply(applyStored(this.timeline, messages)));
      }
      case 'askHistory': {
        const page = this.#log.history(this.timeline.from, PAGE);
        this.#onTheWay.push(() => (this.timeline = applyHistory(this.timeline, page)));
        return;
      }
      case 'askSync': {
        const { known, heard } = this.timeline;
        const page = this.#log.sync(known, PAGE);
        this.#onTheWay.push(() => this.#apply(applySync(this.timeline, page, heard)));
        return;
      }
      case 'arrive':
        this.#onTheWay.splice(Math.floor(step.part * this.#onTheWay.length), 1)[0]?.();
    }
  }

  /** All that is on its way arrives, and then it asks for what is missing, as after a reconnect. */
  settle(): void {
    for (const arrive of this.#onTheWay.splice(0)) arrive();
    this.timeline = hearOf(this.timeline, this.#log.lastChange);
    for (let more = true; more || isBehind(this.timeline);) {
      const { known, heard } = this.timeline;
      const page = this.#log.sync(known, PAGE);
      this.#apply(applySync(this.timeline, page, heard));
      more = page.more;
    }
  }

  #deliver(how: Delivery, arrive: () => void): void {
    if (how === 'atOnce' || how === 'twice') arrive();
    if (how === 'late' || how === 'twice') this.#onTheWay.push(arrive);
  }

  #apply({ timeline, added }: AppliedChanges): void {
    expect(timeline.known).to.be.at.least(this.timeline.known);
    this.timeline = timeline;
    this.added.push(...added.map(({ seq }) => seq));
  }
}

describe('Timeline', () => {
  it('has in the end what the server has, however events and answers interleave, are lost or come twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), steps, (before, all) => {
        const log = new Log();
        if (before > 0) log.add(before);
        const device = new Device(log);
        device.timeline = applyHistory(startAt(emptyTimeline, log.lastChange), log.history(Infinity, PAGE));
        for (const step of all) {
          device.run(step);
          const seqs = shownMessages(device.timeline).map(({ seq }) => seq);
          expect(seqs).to.deep.equal([...new Set(seqs)].sort((a, b) => a - b));
        }
        device.settle();
        const { from } = device.timeline;
        expect(shownMessages(device.timeline)).to.deep.equal(
          [...log.messages.values()].filter(({ seq }) => seq >= from),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('tells of each message that came after the first page once, and of no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), steps, (before, all) => {
        const log = new Log();
        if (before > 0) log.add(before);
        const device = new Device(log);
        device.timeline = applyHistory(startAt(emptyTimeline, log.lastChange), log.history(Infinity, PAGE));
        // A page of the history that is asked for and comes is no news.
        for (const step of all) if (step.type !== 'askHistory') device.run(step);
        device.settle();
        const since = [...log.messages.keys()].filter((seq) => seq > before);
        expect([...device.added].sort((a, b) => a - b)).to.deep.equal(since);
      }),
      { numRuns: 400 },
    );
  });

  it('shows nothing that has a gap before it: a change of an older message waits until that is loaded', () => {
    const page = { messages: [message(8), message(7)], more: true };
    let timeline = applyHistory(startAt(emptyTimeline, 8), page);
    const { timeline: changed, added } = applyEvent(timeline, 8, [message(2, 9)]);
    expect([added, shownMessages(changed).map(({ seq }) => seq)]).to.deep.equal([[], [7, 8]]);
    // The answer was on its way when the message was changed.
    timeline = applyHistory(changed, { messages: [message(6), message(2)], more: false });
    expect(shownMessages(timeline).map(({ change }) => change)).to.deep.equal([9, 6, 7, 8]);
  });

  it('tells of new messages also where nothing is loaded, but not of changed ones', () => {
    const listed = startAt(emptyTimeline, 5);
    expect(applyEvent(listed, 5, [message(6)]).added).to.have.length(1);
    expect(applyEvent(listed, 5, [message(3, 6)]).added).to.deep.equal([]);
    expect(shownMessages(applyEvent(listed, 5, [message(6)]).timeline)).to.deep.equal([]);
  });

  it('takes up no message from behind a gap, and knows that it is behind', () => {
    const { timeline, added } = applyEvent(startAt(emptyTimeline, 5), 7, [message(8)]);
    expect([timeline.messages, added, isBehind(timeline)]).to.deep.equal([[], [], true]);
  });

  it('is no longer behind when the server has nothing more, as where it was deleted since', () => {
    const { timeline } = applyEvent(startAt(emptyTimeline, 5), 7, [message(8)]);
    expect(isBehind(applySync(timeline, { messages: [], more: false }, timeline.heard).timeline)).to.equal(false);
    // What was heard of after the question is not answered by it.
    expect(isBehind(applySync(timeline, { messages: [], more: false }, 5).timeline)).to.equal(true);
  });
});
