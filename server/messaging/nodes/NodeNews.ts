import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseInput } from '../../base/parseInput.ts';

/** So soon a node notices that the last news of another one did not come. */
const MARK_INTERVAL_MS = 1_000;

/** Name of these messages between nodes. */
const METHOD = 'messaging';

const messageSchema = z.object({
  /** Of the sending node, since it started. */
  epoch: z.string(),
  /** Of the last news of the epoch, this one included. */
  number: z.int().min(0),
  part: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('news'), news: z.unknown() }),
    /** How far it has come. */
    z.object({ kind: z.literal('mark') }),
    /** That was all: the node stops, and has done nothing that it did not tell. */
    z.object({ kind: z.literal('end') }),
    /** The receiver shall tell its whole state. */
    z.object({ kind: z.literal('ask') }),
    z.object({ kind: z.literal('whole'), state: z.unknown() }),
  ]),
});
type Message = z.infer<typeof messageSchema>;

/** What of the cluster it takes. */
export interface NodeLink {
  readonly nodeId: string;
  readonly nodes: readonly { nodeId: string }[];
  tell(nodeId: string, method: string, data: unknown): void;
  handle(method: string, handler: (data: unknown, from: string) => void): void;
  onHeardAgain(callback: () => void): void;
  onNodeGone(callback: (nodeId: string) => void): void;
}

export interface NodeNewsOptions {
  link: NodeLink;
  /** Something that another node told. */
  heard: (news: unknown, nodeId: string) => void;
  /** Something that another node told may not have come; undefined: of whichever node. */
  missed: (nodeId: string | undefined) => void;
  /** What this node has to tell one that begins to listen. */
  describe: () => unknown;
  /** The whole state of another node; undefined where that is gone. */
  stateOf: (nodeId: string, state: unknown) => void;
  /** Calls back each second until what it returns is called. */
  every?: (callback: () => void) => () => void;
}

interface Peer {
  epoch: string;
  number: number;
  /** Its state is known, and every change of it since. */
  whole: boolean;
  /** It has said that this was all. */
  ended: boolean;
}

/**
 * What a node tells all others, numbered so that what is lost is noticed: by the next news, or by a mark that comes every second.
 * Nothing is sent again, since all of it can be read in the store; but the state that is nowhere else is asked for anew.
 */
export class NodeNews {
  readonly #options: NodeNewsOptions;
  readonly #epoch = randomUUID();
  readonly #peers = new Map<string, Peer>();
  readonly #stopMarks: () => void;
  #number = 0;

  constructor(options: NodeNewsOptions) {
    this.#options = options;
    const { link, missed, stateOf, every = everySecond } = options;
    link.handle(METHOD, (data, from) => this.#receive(from, parseInput(messageSchema, data)));
    link.onHeardAgain(() => {
      for (const peer of this.#peers.values()) peer.whole = false;
      missed(undefined);
    });
    link.onNodeGone((nodeId) => {
      const peer = this.#peers.get(nodeId);
      this.#peers.delete(nodeId);
      // What it did at last, and did not tell any more, nobody knows.
      if (peer && !peer.ended) missed(nodeId);
      stateOf(nodeId, undefined);
    });
    this.#stopMarks = every(() => this.#tellAll({ kind: 'mark' }));
  }

  tell(news: unknown): void {
    this.#number += 1;
    this.#tellAll({ kind: 'news', news });
  }

  /** When nothing will happen here any more. */
  close(): void {
    this.#stopMarks();
    this.#tellAll({ kind: 'end' });
  }

  #receive(from: string, { epoch, number, part }: Message): void {
    const known = this.#peers.get(from);
    const peer = known?.epoch === epoch ? known : { epoch, number: 0, whole: false, ended: false };
    this.#peers.set(from, peer);
    const expected = peer.number + (part.kind === 'news' ? 1 : 0);
    const isGap = number > expected || (known !== undefined && known !== peer && !known.ended);
    peer.number = Math.max(peer.number, number);
    // An answer may come after it.
    peer.ended = part.kind === 'end' || (peer.ended && part.kind !== 'news');
    if (isGap) peer.whole = false;
    const { heard, missed, describe, stateOf } = this.#options;
    if (part.kind === 'whole') {
      peer.whole = true;
      stateOf(from, part.state);
    }
    if (part.kind === 'news') heard(part.news, from);
    if (part.kind === 'ask') this.#tellOne(from, { kind: 'whole', state: describe() });
    // The question or its answer may be lost: asked again at the next mark.
    if (!peer.whole && (isGap || known !== peer || part.kind === 'mark')) this.#tellOne(from, { kind: 'ask' });
    if (isGap) missed(from);
  }

  #tellAll(part: Message['part']): void {
    const { link } = this.#options;
    for (const { nodeId } of link.nodes) if (nodeId !== link.nodeId) this.#tellOne(nodeId, part);
  }

  #tellOne(nodeId: string, part: Message['part']): void {
    this.#options.link.tell(nodeId, METHOD, { epoch: this.#epoch, number: this.#number, part });
  }
}

function everySecond(callback: () => void): () => void {
  const timer = setInterval(callback, MARK_INTERVAL_MS);
  return () => clearInterval(timer);
}
