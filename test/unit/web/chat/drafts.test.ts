import { expect } from 'chai';
import { draftKey, loadDraft, saveDraft } from '../../../../web/src/chat/drafts.ts';

describe('what is written and not sent', () => {
  const given = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  const put = (storage: unknown) =>
    Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  afterEach(() => {
    if (given) Object.defineProperty(globalThis, 'localStorage', given);
    else Reflect.deleteProperty(globalThis, 'localStorage');
  });

  it('is kept for one person in one conversation, until it is empty', () => {
    const kept = new Map<string, string>();
    put({
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => kept.set(key, text),
      removeItem: (key: string) => kept.delete(key),
    });
    saveDraft(draftKey('mei', 'c1'), 'Yes, ');
    expect(loadDraft(draftKey('mei', 'c1'))).to.equal('Yes, ');
    expect(loadDraft(draftKey('anna', 'c1'))).to.equal('');
    saveDraft(draftKey('mei', 'c1'), '');
    expect(kept.size).to.equal(0);
  });

  it('is forgotten where the browser keeps nothing', () => {
    const refuse = () => {
      throw new Error('denied');
    };
    put({ getItem: refuse, setItem: refuse, removeItem: refuse });
    saveDraft('a', 'text');
    expect(loadDraft('a')).to.equal('');
  });
});
