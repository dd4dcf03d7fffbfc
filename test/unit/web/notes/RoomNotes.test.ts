import { expect } from 'chai';
import type { NoteChange, NotesSummary, Tea, TastingNote, TastingRoom } from '../../../../client-sdk/src/index.ts';
import { RoomNotes, type RoomNotesOptions } from '../../../../web/src/notes/RoomNotes.ts';
import { guideOf } from '../guide/sampleGuide.ts';
import { noteOf } from './sampleNotes.ts';

const emptySummary: NotesSummary = { teas: [] };

/** A room with a guide of three teas, and what is asked of its notes. */
class FakeRoom {
  state: TastingRoom['state'] = 'joined';
  grants = { notes: true, lead: true };
  localParticipant = { identity: 'anna' };
  guide = { current: guideOf([20], [30], [40]), tea: null as Tea | null };
  asked: string[] = [];
  saved: NoteChange[] = [];
  pending = false;
  /** What the server has of any tea; an error where it is away. */
  others: TastingNote[] | Error = [];

  get notes() {
    return {
      own: new Map<string, TastingNote>(),
      pending: this.pending,
      save: (change: NoteChange) => void this.saved.push(change),
      load: async () => void this.asked.push('load'),
      of: async (teaId: string) => {
        this.asked.push(teaId);
        if (this.others instanceof Error) throw this.others;
        return this.others;
      },
      summary: async () => {
        this.asked.push('summary');
        return emptySummary;
      },
      share: async (teaId: string, shared: boolean) => void this.asked.push(`${teaId} ${shared}`),
    };
  }
}

describe('the notes of a room', () => {
  let room: FakeRoom;
  let notes: RoomNotes;
  beforeEach(() => {
    room = new FakeRoom();
    notes = new RoomNotes({
      room: room as unknown as RoomNotesOptions['room'],
      attempt: async (step) => void (await step()),
    });
  });
  const putOnTable = (index: number) => (room.guide.tea = room.guide.current.teas[index]!);

  it('are of the tea on the table, and of the first one before', () => {
    expect(notes.tea!.teaId).to.equal('tea1');
    putOnTable(1);
    expect(notes.tea!.teaId).to.equal('tea2');
    expect(notes.otherOnTable).to.equal(null);
  });

  it('stay with the tea that one writes about when the table goes on, and say which is there', () => {
    putOnTable(0);
    notes.score('tea1', 'aroma', 7.5);
    putOnTable(1);
    expect(notes.tea!.teaId).to.equal('tea1');
    expect(notes.otherOnTable!.teaId).to.equal('tea2');
    notes.choose(null);
    expect(notes.tea!.teaId).to.equal('tea2');
  });

  it('follow the table again where the tea was taken out of the guide', () => {
    notes.choose('tea3');
    putOnTable(0);
    room.guide.current = guideOf([20]);
    expect(notes.tea!.teaId).to.equal('tea1');
  });

  it('send one change for each thing that is written', () => {
    notes.score('tea1', 'aroma', null);
    notes.describe('tea1', 'taste', 'sweet');
    notes.conclude('tea1', 'fresh');
    expect(room.saved).to.deep.equal([
      { teaId: 'tea1', aspects: { aroma: { score: null } } },
      { teaId: 'tea1', aspects: { taste: { words: 'sweet' } } },
      { teaId: 'tea1', words: 'fresh' },
    ]);
  });

  it('say whether they are safe', () => {
    expect(notes.saveState).to.equal('saved');
    room.pending = true;
    expect(notes.saveState).to.equal('saving');
    room.state = 'reconnecting';
    expect(notes.saveState).to.equal('keptHere');
  });

  it('of others are asked for once a tea, and after the room was entered again', async () => {
    const wei = noteOf({ taste: 8 }, { identity: 'wei' });
    room.others = [noteOf({ taste: 7 }), wei];
    await notes.look('tea1');
    await notes.look('tea1');
    expect(notes.shared('tea1')).to.deep.equal([wei]);
    await notes.entered();
    await notes.look('tea1');
    expect(room.asked).to.deep.equal(['tea1', 'load', 'tea1']);
  });

  it('of others are asked for again where the server did not answer', async () => {
    room.others = new Error('away');
    await notes.look('tea1');
    room.others = [];
    await notes.look('tea1');
    expect(room.asked).to.deep.equal(['tea1', 'tea1']);
  });

  it('tell a new one from one that was changed, and from the own one', () => {
    const wei = noteOf({}, { identity: 'wei' });
    expect(notes.noteShared(wei)).to.equal(true);
    expect(notes.noteShared({ ...wei, updatedAt: 2 })).to.equal(false);
    expect(notes.noteShared(noteOf({}))).to.equal(false);
    notes.noteWithdrawn('tea1', 'wei');
    expect(notes.shared('tea1')).to.deep.equal([]);
  });

  it('have a summary for who leads alone, asked for once', async () => {
    await notes.summarize();
    await notes.summarize();
    expect(notes.summary).to.equal(emptySummary);
    expect(room.asked).to.deep.equal(['summary']);
    room.grants.lead = false;
    await notes.entered();
    await notes.summarize();
    expect(room.asked).to.deep.equal(['summary', 'load']);
  });

  it('are not asked for by who keeps none', async () => {
    room.grants.notes = false;
    await notes.entered();
    expect(room.asked).to.deep.equal([]);
  });
});
