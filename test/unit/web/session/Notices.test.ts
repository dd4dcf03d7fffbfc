import { expect } from 'chai';
import { Notices } from '../../../../web/src/session/Notices.ts';

const texts = (notices: Notices) => notices.list.map(({ text }) => text);

describe('notices', () => {
  let notices: Notices;
  beforeEach(() => {
    notices = new Notices();
  });
  afterEach(() => notices.close());

  it('stand in the order in which they came', () => {
    notices.add('one');
    notices.add('two');
    expect(texts(notices)).to.deep.equal(['one', 'two']);
  });

  it('are at most three, the oldest goes', () => {
    for (const text of ['one', 'two', 'three', 'four']) notices.add(text, { stays: true });
    expect(texts(notices)).to.deep.equal(['two', 'three', 'four']);
  });

  it('do not repeat themselves', () => {
    notices.add('one');
    notices.add('two');
    notices.add('one');
    expect(texts(notices)).to.deep.equal(['two', 'one']);
  });

  it('go when they are dismissed', () => {
    notices.add('one', { stays: true });
    notices.dismiss(notices.list[0]!.id);
    expect(texts(notices)).to.deep.equal([]);
  });

  it('may offer something to do, which ends them, and show what they are about', () => {
    let done = 0;
    notices.add('one', { action: { label: 'Do it', act: () => done++ }, picture: 'https://tea.example/leaf.jpg' });
    expect(notices.list[0]?.picture).to.equal('https://tea.example/leaf.jpg');
    expect(notices.list[0]?.action?.label).to.equal('Do it');
    notices.list[0]?.action?.act();
    expect(done).to.equal(1);
    expect(texts(notices)).to.deep.equal([]);
  });

  it('tell whoever watches', () => {
    let changes = 0;
    const stop = notices.subscribe(() => changes++);
    notices.add('one');
    notices.dismiss(notices.list[0]!.id);
    stop();
    notices.add('two');
    expect(changes).to.equal(2);
  });

  it('are empty after close, which may be called twice', () => {
    notices.add('one');
    notices.close();
    notices.close();
    expect(texts(notices)).to.deep.equal([]);
  });
});
