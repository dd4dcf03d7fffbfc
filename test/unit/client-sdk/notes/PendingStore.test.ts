import { expect } from 'chai';
import { PendingStore } from '../../../../client-sdk/src/notes/PendingStore.ts';
import { FakeStorage } from '../fakes/FakeStorage.ts';
import { silentLogger } from '../fakes/silentLogger.ts';
import { useGlobals } from '../fakes/useGlobals.ts';

describe('what waits of notes on a device', () => {
  const setGlobal = useGlobals();
  let storage: FakeStorage;
  beforeEach(() => {
    storage = new FakeStorage();
    setGlobal('localStorage', storage);
  });

  const owner = { server: 'https://tea.example', room: 'oolong', identity: 'anna' };
  const open = (change: Partial<typeof owner> = {}) => new PendingStore({ ...owner, ...change }, silentLogger);
  const pending = { oolong: { words: 'good' } };

  it('is there for the next visit, and for another tab', () => {
    const [here, there] = [open(), open()];
    here.write(pending);
    expect(open().read()).to.deep.equal(pending);
    there.write({});
    expect(here.read()).to.deep.equal({});
    expect(storage.length).to.equal(0);
  });

  it('is of one person in one room of one server', () => {
    open().write(pending);
    const others = [{ server: 'https://other.example' }, { room: 'puer' }, { identity: 'bo' }];
    for (const other of others) expect(open(other).read()).to.deep.equal({});
    open({ room: 'a:b', identity: 'c' }).write(pending);
    expect(open({ room: 'a', identity: 'b:c' }).read()).to.deep.equal({});
  });

  it('stays in the page where the browser has no space, and leaves nothing old behind', () => {
    const store = open();
    store.write(pending);
    storage.isFull = true;
    store.write({ oolong: { words: 'good indeed' } });
    expect(store.read()).to.deep.equal({ oolong: { words: 'good indeed' } });
    storage.isFull = false;
    expect(open().read()).to.deep.equal({});
  });

  it('stays in the page where the browser forbids to keep anything, from the beginning or later', () => {
    const later = open();
    later.write(pending);
    storage.isForbidden = true;
    expect(later.read()).to.deep.equal(pending);
    later.write({ dancong: { words: 'x' } });
    expect(later.read()).to.deep.equal({ dancong: { words: 'x' } });
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
    const store = open();
    store.write(pending);
    expect(store.read()).to.deep.equal(pending);
  });

  it('takes what someone else wrote there for nothing', () => {
    open().write(pending);
    for (const rubbish of ['{', 'null', '3']) {
      storage.setItem(storage.key(0) ?? '', rubbish);
      expect(open().read()).to.deep.equal({});
    }
  });
});
