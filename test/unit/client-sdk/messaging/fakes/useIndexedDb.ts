import * as fake from 'fake-indexeddb';
import { useGlobals } from '../../fakes/useGlobals.ts';

/** Gives each test of a suite an IndexedDB that is empty, and takes it away after it. */
export function useIndexedDb(): void {
  const setGlobal = useGlobals();
  beforeEach(() => {
    for (const [name, value] of Object.entries(fake)) if (name.startsWith('IDB')) setGlobal(name, value);
    setGlobal('indexedDB', new fake.IDBFactory());
  });
}
