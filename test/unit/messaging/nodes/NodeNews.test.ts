import { expect } from 'chai';
import { NodeNews, type NodeLink } from '../../../../server/messaging/nodes/NodeNews.ts';

/** Nodes whose messages go where they shall, at once, unless something is in their way. */
class Wires {
  readonly nodes: { nodeId: string }[] = [];
  readonly #handlers = new Map<string, (data: unknown, from: string) => void>();
  readonly #heardAgain = new Map<string, () => void>();
  readonly #gone: ((nodeId: string) => void)[] = [];
  lost: (part: { kind: string }) => boolean = () => false;

  link(nodeId: string): NodeLink {
    this.nodes.push({ nodeId });
    const { nodes } = this;
    return {
      nodeId,
      nodes,
      tell: (to, _method, data) => {
        if (!this.lost((data as { part: { kind: string } }).part)) this.#handlers.get(to)?.(data, nodeId);
      },
      handle: (_method, handler) => void this.#handlers.set(nodeId, handler),
      onHeardAgain: (callback) => void this.#heardAgain.set(nodeId, callback),
      onNodeGone: (callback) => void this.#gone.push(callback),
    };
  }

  hearAgain(nodeId: string): void {
    this.#heardAgain.get(nodeId)?.();
  }

  leave(nodeId: string): void {
    const index = this.nodes.findIndex((node) => node.nodeId === nodeId);
    this.nodes.splice(index, 1);
    this.#handlers.delete(nodeId);
    for (const callback of this.#gone) callback(nodeId);
  }
}

describe('news between nodes', () => {
  let wires: Wires;
  const opened: NodeNews[] = [];
  /** A node that writes down what it is told. */
  const open = (nodeId: string, state = `state of ${nodeId}`) => {
    const seen: string[] = [];
    let mark: () => void = () => {};
    const news = new NodeNews({
      link: wires.link(nodeId),
      heard: (text, from) => seen.push(`${from}: ${String(text)}`),
      missed: (from) => seen.push(`missed ${from ?? 'some'}`),
      describe: () => state,
      stateOf: (from, whole) => seen.push(`${from} is ${String(whole ?? 'gone')}`),
      every: (callback) => {
        mark = callback;
        return () => {};
      },
    });
    opened.push(news);
    return { news, seen, mark: () => mark(), taken: () => seen.splice(0) };
  };

  beforeEach(() => (wires = new Wires()));
  afterEach(() => {
    for (const news of opened.splice(0)) news.close();
  });

  it('reach every other node in order, and nobody else', () => {
    const [a, b, c] = [open('a'), open('b'), open('c')];
    a.news.tell('one');
    a.news.tell('two');
    for (const { seen } of [b, c]) expect(seen).to.deep.equal(['a: one', 'a is state of a', 'a: two']);
    expect(a.seen).to.deep.equal(['b is state of b', 'c is state of c']);
  });

  it('that are lost are noticed by the next, once', () => {
    const [a, b] = [open('a'), open('b')];
    a.news.tell('one');
    wires.lost = () => true;
    a.news.tell('two');
    a.news.tell('three');
    wires.lost = () => false;
    b.taken();
    a.news.tell('four');
    a.news.tell('five');
    expect(b.seen).to.deep.equal(['a: four', 'a is state of a', 'missed a', 'a: five']);
  });

  it('that are lost as the last ones are noticed by a mark', () => {
    const [a, b] = [open('a'), open('b')];
    a.mark();
    b.taken();
    a.mark();
    expect(b.seen).to.deep.equal([]);
    wires.lost = () => true;
    a.news.tell('one');
    wires.lost = () => false;
    a.mark();
    expect(b.seen).to.deep.equal(['a is state of a', 'missed a']);
  });

  it('that were told before a node was there are missed by it, and it learns the state', () => {
    const a = open('a');
    a.news.tell('before');
    const b = open('b');
    a.mark();
    expect(b.seen).to.deep.equal(['a is state of a', 'missed a']);
  });

  it('are missed by nobody where a node has only just begun', () => {
    const [a, b] = [open('a'), open('b')];
    b.mark();
    a.news.tell('first');
    expect(b.seen).to.deep.equal(['a is state of a', 'a: first']);
  });

  it('ask for a state again that was lost on the way', () => {
    const [a, b] = [open('a'), open('b')];
    wires.lost = ({ kind }) => kind === 'whole';
    a.mark();
    expect(b.seen).to.deep.equal([]);
    wires.lost = () => false;
    a.mark();
    expect(b.seen).to.deep.equal(['a is state of a']);
  });

  it('of a node that is gone, or has begun anew, may have been missed', () => {
    const [a, b] = [open('a'), open('b')];
    a.news.tell('one');
    b.taken();
    wires.leave('a');
    expect(b.taken()).to.deep.equal(['missed a', 'a is gone']);
    const again = open('a', 'another state');
    again.news.tell('anew');
    expect(b.taken()).to.deep.equal(['a: anew', 'a is another state']);
    const unnoticed = open('a', 'a third state');
    unnoticed.mark();
    expect(b.taken()).to.deep.equal(['a is a third state', 'missed a']);
  });

  it('of a node that has ended with a word have all come', () => {
    const [a, b] = [open('a'), open('b')];
    a.news.tell('one');
    a.news.close();
    b.taken();
    wires.leave('a');
    expect(b.taken()).to.deep.equal(['a is gone']);
    wires.lost = ({ kind }) => kind === 'news';
    const again = open('a');
    again.mark();
    again.news.tell('the last');
    again.news.close();
    b.taken();
    wires.leave('a');
    expect(b.taken()).to.deep.equal(['a is gone']);
  });

  it('may have been missed of all where nothing was heard for a while', () => {
    const [a, b] = [open('a'), open('b')];
    a.mark();
    b.taken();
    wires.hearAgain('b');
    expect(b.taken()).to.deep.equal(['missed some']);
    a.mark();
    expect(b.taken()).to.deep.equal(['a is state of a']);
  });
});
