import { expect } from 'chai';
import fc from 'fast-check';
import {
  followWindow,
  lastWindow,
  moveWindow,
  windowAround,
  WINDOW_SIZE,
  WINDOW_STEP,
  type MessageWindow,
} from '../../../../web/src/chat/messageWindow.ts';

const counts = fc.integer({ min: 0, max: 5_000 });

function expectInside({ start, end }: MessageWindow, count: number): void {
  expect(start).to.be.at.least(0);
  expect(end).to.be.at.most(count);
  expect(end - start).to.be.within(0, WINDOW_SIZE);
}

describe('the part of a conversation that is in the page', () => {
  it('is all of a short one', () => {
    expect(lastWindow(3)).to.deep.equal({ start: 0, end: 3 });
  });

  it('is the end of a long one', () => {
    expect(lastWindow(1_000)).to.deep.equal({ start: 1_000 - WINDOW_SIZE, end: 1_000 });
  });

  it('moves towards older messages and back', () => {
    const older = moveWindow(lastWindow(1_000), -1, 1_000);
    expect(older).to.deep.equal({ start: 1_000 - WINDOW_SIZE - WINDOW_STEP, end: 1_000 - WINDOW_STEP });
    expect(moveWindow(older, 1, 1_000)).to.deep.equal(lastWindow(1_000));
  });

  it('goes to a message with others on both sides', () => {
    expect(windowAround(500, 1_000)).to.deep.equal({ start: 420, end: 580 });
    expect(windowAround(2, 1_000)).to.deep.equal({ start: 0, end: WINDOW_SIZE });
    expect(windowAround(2, 3)).to.deep.equal({ start: 0, end: 3 });
  });

  it('stays at the end for who is there', () => {
    expect(followWindow({ start: 0, end: 3 }, { older: 0, before: 3, count: 4 })).to.deep.equal({ start: 0, end: 4 });
    expect(followWindow(lastWindow(200), { older: 0, before: 200, count: 201 })).to.deep.equal(lastWindow(201));
  });

  it('shows the same to who reads further up, whatever comes', () => {
    const window = { start: 100, end: 200 };
    expect(followWindow(window, { older: 0, before: 400, count: 401 })).to.deep.equal(window);
    expect(followWindow(window, { older: 100, before: 400, count: 500 })).to.deep.equal({ start: 200, end: 300 });
  });

  it('is never outside of the conversation, and never larger than a phone can bear', () => {
    const steps = fc.array(fc.constantFrom<-1 | 1>(-1, 1));
    fc.assert(
      fc.property(counts, fc.nat(), steps, fc.nat(300), fc.nat(300), (count, place, moves, older, newer) => {
        let window = count === 0 ? lastWindow(0) : windowAround(place % count, count);
        expectInside(window, count);
        for (const by of moves) {
          window = moveWindow(window, by, count);
          expectInside(window, count);
        }
        expectInside(
          followWindow(window, { older, before: count, count: count + older + newer }),
          count + older + newer,
        );
      }),
    );
  });
});
