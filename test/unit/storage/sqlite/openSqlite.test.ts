import { expect } from 'chai';
import { sql } from 'kysely';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../../../server/storage/sqlite/openSqlite.ts';
import { StillStore } from '../../../../server/storage/StillStore.ts';
import { recordLog } from '../../../helpers/recordLog.ts';
import { stillRow } from '../../../helpers/stillStoreContract.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

describe('the SQLite database', () => {
  const folder = temporaryFolder();
  const { logger } = recordLog();
  const file = () => join(folder.path, 'chaxi.sqlite');
  const refusal = async () => {
    const outcome = await openSqlite(file(), logger).catch((error: unknown) => error);
    if (outcome instanceof Error) return outcome.message;
    throw new Error('the database should not open');
  };
  const fill = async (count: number) => {
    const database = await openSqlite(file(), logger);
    for (let index = 0; index < count; index += 1) await new StillStore(database).save(stillRow({ takenAt: index }));
    await database.destroy();
  };

  it('is made where there is none, for its user alone', async () => {
    await fill(1);
    expect(statSync(file()).mode & 0o777).to.equal(0o600);
  });

  it('keeps what it has when it is opened again', async () => {
    await fill(3);
    const database = await openSqlite(file(), logger);
    expect(await new StillStore(database).count({ tenant: 'shop', room: 'tea' })).to.equal(3);
    await database.destroy();
  });

  it('has what it answered on the disk, and lets readers never wait', async () => {
    const database = await openSqlite(file(), logger);
    // 2 is FULL.
    expect((await sql`PRAGMA synchronous`.execute(database)).rows).to.deep.equal([{ synchronous: 2 }]);
    expect((await sql`PRAGMA journal_mode`.execute(database)).rows).to.deep.equal([{ journalMode: 'wal' }]);
    await database.destroy();
  });

  it('does not open what is no database', async () => {
    writeFileSync(file(), 'tea leaves '.repeat(1_000));
    expect(await refusal())
      .to.include(file())
      .and.to.match(/damaged.*backup/);
  });

  it('does not open what is damaged', async () => {
    await fill(200);
    const bytes = readFileSync(file());
    // The first page is whole, the tables behind it are not.
    bytes.fill(0x5a, 4_096);
    writeFileSync(file(), bytes);
    expect(await refusal()).to.match(/damaged.*backup/);
  });

  it('does not open what a newer version made', async () => {
    await fill(0);
    const raw = new DatabaseSync(file());
    raw.exec(`insert into kysely_migration values ('9999_future', '2030-01-01T00:00:00.000Z')`);
    raw.close();
    expect(await refusal()).to.match(/newer version of Chaxi/);
    // And is not changed by the attempt.
    const again = new DatabaseSync(file());
    expect(again.prepare('select count(*) as steps from kysely_migration').get()).to.deep.include({ steps: 5 });
    again.close();
  });

  it('does not open a folder, or a file in a folder that there is not', async () => {
    mkdirSync(file());
    expect(await refusal()).to.include('can not be opened');
    const outcome: unknown = await openSqlite(join(folder.path, 'nowhere/chaxi.sqlite'), logger).catch(
      (error: unknown) => error,
    );
    expect(outcome).to.be.an('error').with.property('message').that.includes('can not be opened');
  });

  it('does not open while another program holds it', async () => {
    await fill(1);
    const other = new DatabaseSync(file());
    other.exec('PRAGMA locking_mode = EXCLUSIVE; begin exclusive');
    expect(await refusal()).to.match(/Another program holds it/);
    other.exec('commit');
    other.close();
    await fill(0);
  });
});
