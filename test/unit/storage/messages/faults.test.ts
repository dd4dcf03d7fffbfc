import { expect } from 'chai';
import { sql } from 'kysely';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageStores } from '../../../../server/storage/messages/MessageStores.ts';
import type { Database } from '../../../../server/storage/schema.ts';
import { openSqlite } from '../../../../server/storage/sqlite/openSqlite.ts';
import { codeOf, draft, NOW, request } from '../../../helpers/messageStores/fixtures.ts';
import { recordLog } from '../../../helpers/recordLog.ts';
import { startedThreads } from '../../../helpers/startedThreads.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

describe('the stores of messaging, when SQLite fails', () => {
  const folder = temporaryFolder();
  const threads = startedThreads();
  let log: ReturnType<typeof recordLog>;
  let database: Database;
  let stores: MessageStores;
  let conversationId: string;
  const said = () => log.entries.map(({ message, fields }) => `${message} ${String(fields.operation)}`);

  beforeEach(async () => {
    log = recordLog();
    database = await openSqlite(join(folder.path, 'chaxi.sqlite'), log.logger);
    stores = new MessageStores(database, log.logger);
    ({ conversationId } = await stores.conversations.ensure({ tenant: 'shop', kind: 'room', room: 'tea' }, NOW));
  });
  afterEach(() => database.destroy());

  it('refuse what the full disk does not take, all of it, and go on when there is space', async () => {
    const { rows } = await sql<{ pageCount: number }>`PRAGMA page_count`.execute(database);
    await sql`PRAGMA max_page_count = ${sql.lit(rows[0]!.pageCount + 2)}`.execute(database);
    const much = () => Array.from({ length: 50 }, () => draft({ text: 'x'.repeat(2_000) }));
    for (let tries = 0; tries < 2; tries += 1) {
      expect(await codeOf(stores.messages.append([request(conversationId, 'ann', much())]))).to.equal(
        'storageUnavailable',
      );
    }
    expect((await stores.messages.history(conversationId)).messages).to.deep.equal([]);
    await sql`PRAGMA max_page_count = 100000`.execute(database);
    const [outcome] = await stores.messages.append([request(conversationId, 'ann', much())]);
    expect(outcome).to.deep.include({ previous: 0 });
    expect(said(), 'said once').to.deep.equal(['messages fail append', 'messages work again append']);
  });

  it('lose nothing that was acknowledged when the thread of the database dies, and go on with the next one', async () => {
    const acknowledged: number[] = [];
    const codes = new Set<string>();
    let dying: Promise<number> | undefined;
    for (let number = 0; number < 200; number += 1) {
      const asked = request(conversationId, 'ann', [draft({ clientId: `device-ann:${number}` })]);
      if (number === 50) dying = threads.at(-1)!.terminate();
      for (let done = false; !done;) {
        const code = await codeOf(stores.messages.append([asked]).then(() => (done = true)));
        if (done) break;
        codes.add(code);
        await sleep(5);
      }
      acknowledged.push(number);
    }
    await dying;
    expect([...codes]).to.deep.equal(['storageUnavailable']);
    const clientIds: string[] = [];
    for (let more = true, after = 0; more;) {
      const page = await stores.messages.sync(conversationId, { after });
      clientIds.push(...page.messages.map(({ clientId }) => clientId));
      after = page.messages.at(-1)!.change;
      ({ more } = page);
    }
    expect(clientIds).to.deep.equal(acknowledged.map((number) => `device-ann:${number}`));
    await waitFor('the log to say so', () => said().includes('messages work again append'));
  });
});
