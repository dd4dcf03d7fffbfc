import { expect } from 'chai';
import { firstNew, messageRows, type Placed } from '../../../../web/src/chat/messageRows.ts';

const MINUTE = 60_000;
const noon = new Date(2026, 3, 5, 12).getTime();
let count = 0;
const say = (identity: string, minutes: number, seq: number | null = ++count): Placed => ({
  seq,
  from: { identity },
  sentAt: noon + minutes * MINUTE,
});

/** Rows in short: `day`, `new`, and of a message who wrote it, with ( before the first and ) after the last in a row. */
function rowsOf(messages: readonly Placed[], readSeq: number | null = null): string {
  return messageRows(messages, firstNew(messages, { identity: 'mei', readSeq, hasOlder: false }))
    .map((row) => {
      if (row.kind !== 'message') return row.kind;
      return `${row.first ? '(' : ''}${row.message.from.identity}${row.last ? ')' : ''}`;
    })
    .join(' ');
}

describe('the rows of a conversation', () => {
  beforeEach(() => {
    count = 0;
  });

  it('are none for no messages', () => {
    expect(rowsOf([])).to.equal('');
  });

  it('put together what one person says within five minutes', () => {
    expect(rowsOf([say('anna', 0), say('anna', 4), say('anna', 8), say('anna', 14), say('mei', 14)])).to.equal(
      'day (anna anna anna) (anna) (mei)',
    );
  });

  it('begin anew with each day', () => {
    const midnight = 12 * 60;
    expect(rowsOf([say('anna', midnight - 1), say('anna', midnight + 1)])).to.equal('day (anna) day (anna)');
  });

  it('have one line above the first message of another that was not read', () => {
    const messages = [say('anna', 0), say('mei', 1), say('anna', 2), say('anna', 3)];
    expect(rowsOf(messages, 1)).to.equal('day (anna) (mei) new (anna anna)');
    expect(rowsOf(messages, 3)).to.equal('day (anna) (mei) (anna) new (anna)');
  });

  it('have no such line where all was read, only own ones are new, or nobody asks for it', () => {
    expect(rowsOf([say('anna', 0), say('mei', 1)], 1)).to.equal('day (anna) (mei)');
    expect(rowsOf([say('anna', 0, 1)], 1)).to.equal('day (anna)');
    expect(rowsOf([say('anna', 0)])).to.equal('day (anna)');
  });

  it('have no such line while it is not known where it belongs', () => {
    const messages = [say('anna', 0), say('anna', 1)];
    expect(firstNew(messages, { identity: 'mei', readSeq: 0, hasOlder: true })).to.equal(null);
    expect(firstNew(messages, { identity: 'mei', readSeq: 1, hasOlder: true })).to.equal(messages[1]);
  });

  it('take what is not numbered yet for read', () => {
    expect(rowsOf([say('mei', 0, null)], 0)).to.equal('day (mei)');
  });
});
