import { expect } from 'chai';
import type { NotesSummary } from '../../../../protocol/tastingNotes.ts';
import type { Participant } from '../../../../server/rooms/Participant.ts';
import { SummaryNews } from '../../../../server/rooms/tasting/SummaryNews.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

const PAUSE_MS = 40;

function leader() {
  const told: number[] = [];
  const person = { closed: false, grants: { lead: true }, notify: () => void told.push(performance.now()) };
  return { told, person, participant: person as unknown as Participant };
}

describe('news of the summary of notes', () => {
  let asked: number;
  let failures: number;
  let news: SummaryNews;

  beforeEach(() => {
    asked = 0;
    failures = 0;
    const summarize = async (): Promise<NotesSummary> => {
      asked += 1;
      if (failures > 0) {
        failures -= 1;
        throw new Error('The disk is full.');
      }
      return { teas: [] };
    };
    news = new SummaryNews({ summarize, pauseMs: PAUSE_MS });
  });
  afterEach(() => news.close());

  it('come at once, and then no more often than they may, the last change too', async () => {
    const { told, participant } = leader();
    news.watch(participant);
    news.touch();
    await waitFor('the first', () => told.length === 1);
    for (let count = 0; count < 5; count += 1) news.touch();
    await waitFor('the second', () => told.length === 2);
    // Timers may be a millisecond early.
    expect(told[1]! - told[0]!).to.be.at.least(PAUSE_MS - 2);
    expect(asked).to.equal(2);
  });

  it('are made for nobody who did not ask, has left, or leads no more', async () => {
    const [gone, former, present] = [leader(), leader(), leader()];
    news.touch();
    for (const { participant } of [gone, former]) news.watch(participant);
    gone.person.closed = true;
    former.person.grants.lead = false;
    news.touch();
    news.watch(present.participant);
    news.touch();
    await waitFor('who is present to hear', () => present.told.length === 1);
    expect([asked, gone.told, former.told]).to.deep.equal([1, [], []]);
  });

  it('come at last though the database fails for a while', async () => {
    const { told, participant } = leader();
    news.watch(participant);
    failures = 2;
    news.touch();
    await waitFor('the summary', () => told.length === 1);
    expect(asked).to.equal(3);
  });
});
