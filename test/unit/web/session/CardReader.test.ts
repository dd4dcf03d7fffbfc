import { expect } from 'chai';
import { CardReader } from '../../../../web/src/session/CardReader.ts';
import { rejection } from '../../client-sdk/fakes/rejection.ts';
import { picture } from './cardReadings.ts';

/** A worker whose answers the test gives. */
class FakeWorker {
  static opened: FakeWorker[] = [];
  readonly url: string;
  terminated = false;
  readonly posted: unknown[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeWorker.opened.push(this);
  }

  postMessage(_message: unknown, handedOver: unknown[]): void {
    this.posted.push(handedOver[0]);
  }

  terminate(): void {
    this.terminated = true;
  }
}

describe('the reader of cards', () => {
  const globals = { Worker: FakeWorker, location: { origin: 'https://tea.example' } };
  let reader: CardReader;

  before(() => {
    for (const [name, value] of Object.entries(globals))
      Object.defineProperty(globalThis, name, { value, configurable: true });
  });
  beforeEach(() => {
    FakeWorker.opened = [];
    reader = new CardReader('https://tea.example');
  });
  after(() => {
    for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
  });

  it('opens its worker with the first picture, hands the pixels over, and gives the answers in order', async () => {
    expect(FakeWorker.opened).to.have.length(0);
    const pixels = picture();
    const answers = [reader.read(pixels), reader.read(picture())];
    const [worker] = FakeWorker.opened;
    expect(FakeWorker.opened).to.have.length(1);
    expect(worker?.url).to.equal('https://tea.example/workers/readCard.js');
    expect(worker?.posted[0]).to.equal(pixels.data.buffer);
    worker?.onmessage?.({ data: 'first' });
    worker?.onmessage?.({ data: null });
    expect(await Promise.all(answers)).to.deep.equal(['first', null]);
  });

  it('loads it through a script of its own in the page of a shop', () => {
    reader = new CardReader('https://elsewhere.example');
    void reader.read(picture()).catch(() => undefined);
    expect(FakeWorker.opened[0]?.url).to.match(/^blob:/);
    reader.close();
  });

  it('says that the page allows no worker', async () => {
    const answer = reader.read(picture());
    FakeWorker.opened[0]?.onerror?.();
    expect((await rejection(answer)).code).to.equal('browserUnsupported');
  });

  it('says so too where the browser refuses to open one', async () => {
    Object.defineProperty(globalThis, 'Worker', {
      value: class {
        constructor() {
          throw new DOMException('refused', 'SecurityError');
        }
      },
      configurable: true,
    });
    const error = await rejection(reader.read(picture())).finally(() =>
      Object.defineProperty(globalThis, 'Worker', { value: FakeWorker, configurable: true }),
    );
    expect(error.code).to.equal('browserUnsupported');
  });

  it('leaves nobody waiting when it is closed, and opens again', async () => {
    const answer = reader.read(picture());
    reader.close();
    expect((await rejection(answer)).code).to.equal('invalidState');
    expect(FakeWorker.opened[0]?.terminated).to.equal(true);
    const next = reader.read(picture());
    FakeWorker.opened[1]?.onmessage?.({ data: null });
    expect(await next).to.equal(null);
  });
});
