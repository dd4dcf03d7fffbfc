import { expect } from 'chai';
import { deleteDB, openDB } from 'idb';
import { IndexedDbStore } from '../../../../../client-sdk/src/messaging/outbox/IndexedDbStore.ts';
import { MemoryStore } from '../../../../../client-sdk/src/messaging/outbox/MemoryStore.ts';
import { Outbox } from '../../../../../client-sdk/src/messaging/outbox/Outbox.ts';
import { clientIdOf, fileOf, type OutboxDraft } from '../../../../../client-sdk/src/messaging/outbox/OutboxEntry.ts';
import type { OutboxStore } from '../../../../../client-sdk/src/messaging/outbox/OutboxStore.ts';
import { waitFor } from '../../../../helpers/waitFor.ts';
import { useIndexedDb } from '../fakes/useIndexedDb.ts';

function draft(text: string, conversationId = 'tea'): OutboxDraft {
  return { conversationId, content: { type: 'text', text }, replyTo: null, mentions: [], writtenAt: 1 };
}

async function textsIn(store: Pick<OutboxStore, 'list'>, conversationId = 'tea'): Promise<string[]> {
  return (await store.list(conversationId)).map(({ content }) => ('text' in content ? (content.text ?? '') : ''));
}

describe('Outbox', () => {
  useIndexedDb();
  const opened: { close(): void }[] = [];
  const open = (name = 'outbox'): Outbox => {
    const outbox = new Outbox({ name, durable: new IndexedDbStore(name) });
    opened.push(outbox);
    return outbox;
  };
  afterEach(() => {
    for (const one of opened.splice(0)) one.close();
  });

  const stores: [string, () => OutboxStore][] = [
    ['IndexedDbStore', () => new IndexedDbStore('outbox')],
    ['MemoryStore', () => new MemoryStore()],
  ];
  for (const [name, make] of stores) {
    describe(`on ${name}`, () => {
      let store: OutboxStore;
      beforeEach(() => {
        store = make();
        opened.push(store);
      });

      it('keeps each conversation’s messages in the order in which they were added', async () => {
        await store.add([draft('one'), draft('elsewhere', 'cake')]);
        await store.add([draft('two'), draft('three')]);
        expect(await textsIn(store)).to.deep.equal(['one', 'two', 'three']);
        expect((await store.conversationIds()).sort()).to.deep.equal(['cake', 'tea']);
      });

      it('gives each message another client id, as the protocol wants it', async () => {
        const entries = await store.add(Array.from({ length: 20 }, (_, i) => draft(`${i}`)));
        const ids = entries.map(clientIdOf);
        expect(new Set(ids).size).to.equal(20);
        for (const id of ids) expect(id).to.match(/^[A-Za-z0-9_-]{8,40}:\d{1,12}$/);
      });

      it('changes and removes what is there, and nothing else', async () => {
        const [one, two, three] = await store.add([draft('one'), draft('two'), draft('three')]);
        await store.remove([two!.number]);
        await store.update(two!.number, { attachmentId: 'late' });
        await store.update(three!.number, { failure: { code: 'notAllowed', message: 'no' } });
        expect((await store.list('tea')).map(({ number, failure }) => [number, failure?.code])).to.deep.equal([
          [one!.number, undefined],
          [three!.number, 'notAllowed'],
        ]);
      });

      it('keeps files', async () => {
        const file = new File(['leaf'], 'leaf.txt', { type: 'text/plain' });
        await store.add([{ ...draft(''), content: { type: 'file', file } }]);
        const [entry] = await store.list('tea');
        expect(await fileOf(entry!)?.text()).to.equal('leaf');
      });
    });
  }

  it('has after a restart what was there before it', async () => {
    const before = open();
    await Promise.all([before.add(draft('one')), before.add(draft('two'))]);
    before.close();
    const after = open();
    await after.add(draft('three'));
    expect(await textsIn(after)).to.deep.equal(['one', 'two', 'three']);
  });

  it('is one for all tabs: they see what another adds and removes, and take no number twice', async () => {
    const [first, second] = [open(), open()];
    const told: string[] = [];
    second.on('changed', (conversationId) => told.push(conversationId));
    const [one] = await Promise.all([first.add(draft('one')), second.add(draft('two')), first.add(draft('three'))]);
    await waitFor('the other tab to be told', () => told.length > 1);
    const entries = await second.list('tea');
    expect(new Set(entries.map(({ number }) => number)).size).to.equal(3);
    await first.remove('tea', [one]);
    expect(await second.list('tea')).to.have.length(2);
  });

  it('adds in the order of the calls, however many there are at once', async () => {
    const outbox = open();
    const texts = Array.from({ length: 300 }, (_, i) => `${i}`);
    await Promise.all(texts.map((text) => outbox.add(draft(text))));
    expect(await textsIn(outbox)).to.deep.equal(texts);
  });

  it('goes on in memory where the store is full, in order, and says so once', async () => {
    const durable = new IndexedDbStore('outbox');
    const add = durable.add.bind(durable);
    let isFull = false;
    durable.add = (drafts) => (isFull ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : add(drafts));
    const outbox = new Outbox({ name: 'outbox', durable });
    opened.push(outbox);
    const failures: string[] = [];
    outbox.on('storageFailed', ({ code }) => failures.push(code));
    await outbox.add(draft('one'));
    isFull = true;
    await outbox.add(draft('two'));
    isFull = false;
    await outbox.add(draft('three'));
    isFull = true;
    await outbox.add(draft('four'));
    const entries = await outbox.list('tea');
    expect(entries.map(({ inMemory }) => inMemory)).to.deep.equal([false, true, true, true]);
    expect(await textsIn(outbox)).to.deep.equal(['one', 'two', 'three', 'four']);
    expect(new Set(entries.map(clientIdOf)).size).to.equal(4);
    expect(failures).to.deep.equal(['storageUnavailable']);
    await outbox.remove('tea', entries.slice(0, 2));
    expect(await textsIn(outbox)).to.deep.equal(['three', 'four']);
  });

  it('goes on in memory where there is no store', async () => {
    const durable = new IndexedDbStore('outbox');
    const refuse = () => Promise.reject(new DOMException('not here', 'SecurityError'));
    Object.assign(durable, { add: refuse, list: refuse, conversationIds: refuse });
    const outbox = new Outbox({ name: 'outbox', durable });
    opened.push(outbox);
    await outbox.add(draft('one'));
    expect(await textsIn(outbox)).to.deep.equal(['one']);
    expect(await outbox.conversationIds()).to.deep.equal(['tea']);
  });

  it('lets go of the database for a newer page, and goes on in memory', async () => {
    const outbox = open();
    await outbox.add(draft('one'));
    const newer = await openDB('outbox', 2);
    await outbox.add(draft('two'));
    expect(await textsIn(outbox)).to.deep.equal(['two']);
    expect(await newer.count('outbox')).to.equal(1);
    newer.close();
    await deleteDB('outbox');
  });
});
