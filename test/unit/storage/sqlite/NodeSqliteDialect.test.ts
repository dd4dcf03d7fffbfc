import { expect } from 'chai';
import { sql } from 'kysely';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Database } from '../../../../server/storage/schema.ts';
import { openSqlite } from '../../../../server/storage/sqlite/openSqlite.ts';
import { StillStore } from '../../../../server/storage/StillStore.ts';
import { recordLog } from '../../../helpers/recordLog.ts';
import { stillRow } from '../../../helpers/stillStoreContract.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

describe('Kysely on node:sqlite', () => {
  const folder = temporaryFolder();
  const { logger } = recordLog();
  const tea = { tenant: 'shop', room: 'tea' };
  let database: Database;
  let store: StillStore;

  beforeEach(async () => {
    database = await openSqlite(join(folder.path, 'chaxi.sqlite'), logger);
    store = new StillStore(database);
  });
  afterEach(() => database.destroy());

  it('waits for another process that writes, and lets everything else go on', async () => {
    const other = new DatabaseSync(join(folder.path, 'chaxi.sqlite'));
    other.exec('begin immediate');
    let saved = false;
    const saving = store.save(stillRow()).then(() => (saved = true));
    for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(saved).to.equal(false);
    other.exec('commit');
    other.close();
    await saving;
    expect(await store.count(tea)).to.equal(1);
  });

  it('gives up on who holds the database for long, and works again after', async function () {
    this.timeout(20_000);
    const other = new DatabaseSync(join(folder.path, 'chaxi.sqlite'));
    other.exec('begin immediate');
    const refusal: unknown = await store.save(stillRow()).catch((error: unknown) => error);
    expect(refusal).to.be.an('error').with.property('message').that.includes('locked');
    // Reading needs no lock.
    expect(await store.count(tea)).to.equal(0);
    other.exec('rollback');
    other.close();
    await store.save(stillRow());
    expect(await store.count(tea)).to.equal(1);
  });

  it('says so when the disk is full, and works again after', async () => {
    const { rows } = await sql<{ pageCount: number }>`PRAGMA page_count`.execute(database);
    await sql`PRAGMA max_page_count = ${sql.lit(rows[0]!.pageCount + 2)}`.execute(database);
    const fill = async () => {
      for (;;) await store.save(stillRow());
    };
    const refusal: unknown = await fill().catch((error: unknown) => error);
    expect(refusal).to.be.an('error').with.property('message').that.includes('full');
    const kept = await store.count(tea);
    await sql`PRAGMA max_page_count = 100000`.execute(database);
    await store.save(stillRow());
    expect(await store.count(tea)).to.equal(kept + 1);
  });

  it('undoes what a transaction began when it fails', async () => {
    const outcome: unknown = await database
      .transaction()
      .execute(async (transaction) => {
        await new StillStore(transaction).save(stillRow());
        throw new Error('changed my mind');
      })
      .catch((error: unknown) => error);
    expect(outcome).to.be.an('error').with.property('message', 'changed my mind');
    expect(await store.count(tea)).to.equal(0);
  });

  it('keeps one transaction apart from others at the same time', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        database.transaction().execute(async (transaction) => {
          const own = new StillStore(transaction);
          const before = await own.count(tea);
          await own.save(stillRow({ takenAt: index }));
          expect(await own.count(tea)).to.equal(before + 1);
        }),
      ),
    );
    expect(await store.count(tea)).to.equal(20);
  });

  it('streams what a query gives', async () => {
    for (let index = 0; index < 3; index += 1) await store.save(stillRow({ takenAt: index }));
    const times: number[] = [];
    for await (const row of database.selectFrom('stills').select('takenAt').orderBy('takenAt').stream()) {
      times.push(row.takenAt);
    }
    expect(times).to.deep.equal([0, 1, 2]);
  });
});
