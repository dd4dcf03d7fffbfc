import { expect } from 'chai';
import { join } from 'node:path';
import { SqliteError } from '../../../../server/storage/sqlite/sqliteErrors.ts';
import { SqliteThread } from '../../../../server/storage/sqlite/SqliteThread.ts';
import { startedThreads } from '../../../helpers/startedThreads.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

describe('the thread of a SQLite database', () => {
  const folder = temporaryFolder();
  const threads = startedThreads();
  let thread: SqliteThread;

  beforeEach(async () => (thread = await SqliteThread.open(join(folder.path, 'test.sqlite'))));
  afterEach(() => thread.close());

  const failureOf = (sql: string) =>
    thread.execute(sql, []).then(
      () => new Error('none'),
      (error: Error) => error,
    );

  it('hands over every type that SQLite has', async () => {
    const values = [null, 1, -1.5, 'tea', 2 ** 40];
    const bytes = new Uint8Array([0, 255, 7]);
    await thread.execute('create table cups (a, b, c, d, e, f)', []);
    const written = await thread.execute('insert into cups values (?, ?, ?, ?, ?, ?)', [...values, bytes]);
    expect(written).to.deep.equal({ rows: [], changes: 1, insertId: 1 });
    const { rows } = await thread.execute('select * from cups', []);
    expect(Object.values(rows[0] as object)).to.deep.equal([...values, bytes]);
  });

  it('runs statements in the order of their calls', async () => {
    void thread.execute('create table cups (number integer)', []);
    const counts = Array.from({ length: 20 }, (_, number) => {
      void thread.execute('insert into cups values (?)', [number]);
      return thread.execute('select count(*) as count from cups', []);
    });
    const seen = (await Promise.all(counts)).map(({ rows }) => (rows[0] as { count: number }).count);
    expect(seen).to.deep.equal(Array.from({ length: 20 }, (_, number) => number + 1));
  });

  it('says what was wrong with a statement, and goes on', async () => {
    const failure = await failureOf('select * from nowhere');
    expect(failure).to.be.instanceOf(SqliteError);
    expect(failure.message).to.include('nowhere');
    expect((await thread.execute('select 1 as one', [])).rows).to.deep.equal([{ one: 1 }]);
  });

  it('does not open where it dies over it', async () => {
    const opening = SqliteThread.open(join(folder.path, 'test.sqlite')).catch((error: Error) => error.message);
    await threads.at(-1)!.terminate();
    expect(await opening).to.match(/has ended/);
  });

  it('tells what ended it, and takes nothing any more', async () => {
    await threads.at(-1)!.terminate();
    const error = await thread.ended;
    expect(error?.message).to.match(/has ended/);
    expect(await failureOf('select 1')).to.equal(error);
  });

  it('does what it was told before it closes, and nothing after', async () => {
    const before = thread.execute('select 1 as one', []);
    await Promise.all([thread.close(), thread.close()]);
    expect((await before).rows).to.deep.equal([{ one: 1 }]);
    expect(await thread.ended).to.equal(null);
    expect((await failureOf('select 1')).message).to.equal('The database is closed.');
  });
});
