import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../../../server/storage/schema.ts';
import { openSqlite } from '../../../../server/storage/sqlite/openSqlite.ts';
import { StillStore } from '../../../../server/storage/StillStore.ts';
import { recordLog } from '../../../helpers/recordLog.ts';
import { startedThreads } from '../../../helpers/startedThreads.ts';
import { stillRow } from '../../../helpers/stillStoreContract.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

describe('a SQLite database whose thread dies', () => {
  const folder = temporaryFolder();
  const threads = startedThreads();
  const tea = { tenant: 'shop', room: 'tea' };
  let log: ReturnType<typeof recordLog>;
  let database: Database;
  let store: StillStore;

  beforeEach(async () => {
    log = recordLog();
    database = await openSqlite(join(folder.path, 'chaxi.sqlite'), log.logger);
    store = new StillStore(database);
  });
  afterEach(() => database.destroy());

  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: Error) => error.message,
    );
  const said = (message: string) => log.entries.filter((entry) => entry.message === message);
  const waitUntilOpen = (times = 1) =>
    waitFor('the database to be open again', () => said('the database is open again').length >= times);
  const killThread = () => threads.at(-1)!.terminate();

  it('refuses what it was asked, opens it again, and has all that it answered before', async () => {
    const row = stillRow();
    await store.save(row);
    const asked = [store.count(tea), store.count(tea)];
    void killThread();
    for (const question of asked) expect(await failureOf(question)).to.match(/thread of the database has ended/);
    await waitUntilOpen();
    expect(await store.list(tea, { limit: 9 })).to.deep.equal([row]);
    await store.save(stillRow());
    expect(await store.count(tea)).to.equal(2);
    expect(threads).to.have.length(2);
    expect(said('the thread of the database died')).to.have.length(1);
  });

  it('does so as often as it dies', async () => {
    for (const times of [1, 2, 3]) {
      await killThread();
      await waitUntilOpen(times);
      await store.save(stillRow());
    }
    expect(await store.count(tea)).to.equal(3);
  });

  it('never goes on in the midst of a transaction that was begun before', async () => {
    const transaction = database.transaction().execute(async (inside) => {
      const own = new StillStore(inside);
      await own.save(stillRow());
      await killThread();
      await waitUntilOpen();
      await own.save(stillRow());
    });
    expect(await failureOf(transaction)).to.match(/thread of the database has ended/);
    expect(await store.count(tea)).to.equal(0);
  });

  it('tries again until it can be opened', async () => {
    const file = join(folder.path, 'chaxi.sqlite');
    await store.save(stillRow());
    await killThread();
    await waitUntilOpen();
    const bytes = readFileSync(file);
    // The first death was replaced at once, this one is waited for a little: time enough to spoil the file.
    await killThread();
    writeFileSync(file, 'tea leaves '.repeat(1_000));
    await waitFor('an attempt to fail', () => said('the database could not be opened again').length > 0);
    expect(await failureOf(store.count(tea))).to.match(/thread of the database has ended/);
    writeFileSync(file, bytes);
    await waitUntilOpen(2);
    expect(await store.count(tea)).to.equal(1);
  });

  it('stays closed when it dies while it is closed', async () => {
    const closing = database.destroy();
    void killThread();
    await closing;
    expect(threads).to.have.length(1);
    expect(log.entries).to.be.empty;
  });

  it('can be closed while it is opened again', async () => {
    await killThread();
    await waitFor('another thread', () => threads.length === 2);
    await database.destroy();
    await waitFor('it to end', () => threads[1]!.threadId === -1);
  });
});
