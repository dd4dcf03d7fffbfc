import { expect } from 'chai';
import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configSchema } from '../../config/schema.ts';
import type { Message } from '../../protocol/messages.ts';
import { MessageStores } from '../../server/storage/messages/MessageStores.ts';
import { openPostgres } from '../../server/storage/postgres/openPostgres.ts';
import type { Database } from '../../server/storage/schema.ts';
import { openSqlite } from '../../server/storage/sqlite/openSqlite.ts';
import { Storage } from '../../server/storage/Storage.ts';
import { codeOf, draft, nameOf, NOW, request } from '../helpers/messageStores/fixtures.ts';
import { PostgresServer } from '../helpers/PostgresServer.ts';
import { recordLog } from '../helpers/recordLog.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';
import { waitFor } from '../helpers/waitFor.ts';

const pem = (name: string) => fileURLToPath(new URL(`../unit/http/fixtures/one.${name}.pem`, import.meta.url));

describe('a PostgreSQL that fails', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let server: PostgresServer;
  let url: string;
  let log: ReturnType<typeof recordLog>;
  const opened: Database[] = [];
  const open = async (settings: Partial<Parameters<typeof openPostgres>[0]> = {}) => {
    const database = await openPostgres({ url, caFile: null, poolSize: 5, ...settings }, log.logger);
    opened.push(database);
    return database;
  };
  const refusal = (settings: Partial<Parameters<typeof openPostgres>[0]>) =>
    open(settings).then(
      () => 'none',
      (error: unknown) => (error as Error).message,
    );

  before(async () => (server = await PostgresServer.start()));
  after(() => server.close());
  beforeEach(async () => {
    log = recordLog();
    url = await server.createDatabase();
  });
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.destroy();
  });

  const newGroup = (stores: MessageStores, ...identities: string[]) =>
    stores.conversations.createGroup(
      'shop',
      'group',
      identities.map((identity) => ({ identity, name: nameOf(identity), role: 'host' as const })),
      NOW,
    );

  it('is brought to the present schema by several nodes at the same moment', async () => {
    const databases = await Promise.all(Array.from({ length: 5 }, () => open()));
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
      databases[0]!,
    );
    expect(rows.map(({ name }) => name)).to.deep.equal([
      '0001_stills',
      '0002_messages',
      '0003_tasting',
      '0004_invites',
    ]);
    for (const database of databases) await newGroup(new MessageStores(database, log.logger), 'ann');
  });

  it('is not used when a newer version made it', async () => {
    await open();
    await server.query(`insert into kysely_migration values ('9999_future', '2030-01-01')`, url);
    expect(await refusal({})).to.match(/database\.url can not be used.*newer version of Chaxi/);
  });

  it('is explained to the operator when it can not be used, without its password', async () => {
    expect(await refusal({ url: url.replace(/\/[^/]*$/, '/nowhere') })).to.match(/no such database.*createdb/);
    await server.query(`create database latin encoding 'LATIN1' locale 'C' template template0`);
    expect(await refusal({ url: server.urlOf('latin') })).to.match(/encoding is LATIN1.*UTF8/);
    const nowhere = 'postgres://chaxi:secret@127.0.0.1:1/chaxi';
    const message = await refusal({ url: nowhere });
    expect(message).to.match(/can not be reached.*ECONNREFUSED/);
    expect(message).to.not.include('secret');
  });

  it('is reached by TLS, and with a password', async () => {
    const tls = { certFile: pem('cert'), keyFile: pem('key') };
    const guarded = await PostgresServer.start({ password: 'tea', tls });
    try {
      const address = guarded.urlOf('postgres');
      const database = await open({ url: address, caFile: pem('cert') });
      const { rows } = await sql<{ ssl: boolean }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(
        database,
      );
      expect(rows).to.deep.equal([{ ssl: true }]);
      expect(await refusal({ url: `${address}?sslmode=verify-full` })).to.match(/TLS fails.*database\.caFile/);
      expect(await refusal({ url: address.replace(':tea@', ':milk@') })).to.match(/refuses the user or the password/);
    } finally {
      for (const database of opened.splice(0)) await database.destroy();
      await guarded.close();
    }
  });

  it('keeps messages of all nodes, while each node keeps its stills', async () => {
    const config = configSchema.parse({ dataDir: folder.path, database: { url } });
    const storage = await Storage.open({ config, logger: log.logger });
    const { conversationId } = await newGroup(storage.messaging, 'ann');
    await storage.messaging.messages.append([request(conversationId, 'ann', [draft({ text: 'tea' })])]);
    expect(await storage.stills.count({ tenant: 'shop', room: 'tea' })).to.equal(0);
    await storage.close();
    const rows = await server.query<{ count: number }>('select count(*)::integer as count from messages', url);
    expect(rows).to.deep.equal([{ count: 1 }]);
    const own = await openSqlite(join(folder.path, 'chaxi.sqlite'), log.logger);
    opened.push(own);
    expect(await own.selectFrom('conversations').selectAll().execute()).to.deep.equal([]);
  });

  it('may end connections at rest and in use: what was asked fails, and what comes next goes over others', async () => {
    const database = await open();
    const stores = new MessageStores(database, log.logger);
    const { conversationId } = await newGroup(stores, 'ann');
    const end = () =>
      server.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chaxi'`);
    await end();
    await waitFor('the pool to hear of it', () => log.entries.some(({ message }) => message.includes('was lost')));
    await stores.messages.append([request(conversationId, 'ann')]);
    const outcome = await database
      .transaction()
      .execute(async (transaction) => {
        await transaction.deleteFrom('messages').execute();
        await end();
        await transaction.deleteFrom('members').execute();
      })
      .catch((error: unknown) => error);
    expect(outcome).to.be.an('error');
    expect((await stores.messages.history(conversationId)).messages, 'nothing was half done').to.have.length(1);
  });

  it('is given up after a while when it hangs, and used again when it answers', async () => {
    const stores = new MessageStores(await open(), log.logger);
    const { conversationId } = await newGroup(stores, 'ann');
    server.freeze();
    try {
      const outcomes = await Promise.all([
        codeOf(stores.messages.append([request(conversationId, 'ann')])),
        codeOf(stores.conversations.find('shop', conversationId)),
      ]);
      expect(outcomes).to.deep.equal(['storageUnavailable', 'storageUnavailable']);
    } finally {
      server.thaw();
    }
    await waitFor(
      'an answer',
      async () => (await codeOf(stores.conversations.find('shop', conversationId))) === 'none',
    );
  });

  it('may be killed in the midst of messages: none that was acknowledged is lost, none is there twice, and all are in order', async () => {
    const nodes = [new MessageStores(await open(), log.logger), new MessageStores(await open(), log.logger)];
    const groups = [await newGroup(nodes[0]!, 'ann'), await newGroup(nodes[0]!, 'ann')];
    const acknowledged: Message[] = [];
    let failures = 0;
    const COUNT = 150;
    /** As a client does: the same again until there is an answer. */
    const send = async (identity: string, node: MessageStores, conversationId: string) => {
      for (let number = 1; number <= COUNT; number += 3) {
        const drafts = [0, 1, 2].map((index) =>
          draft({ clientId: `device-of-${identity}:${number + index}`, text: `${number + index}` }),
        );
        for (;;) {
          const outcomes = await node.messages
            .append([request(conversationId, identity, drafts)])
            .catch(() => undefined);
          if (outcomes) {
            const [outcome] = outcomes;
            if (outcome instanceof Error) throw outcome;
            acknowledged.push(...outcome!.messages);
            break;
          }
          failures += 1;
          await sleep(5);
        }
      }
    };
    const sending = Array.from({ length: 8 }, (_, index) =>
      send(`p${index}`, nodes[index % 2]!, groups[(index >> 1) % 2]!.conversationId),
    );
    for (const count of [200, 600]) {
      await waitFor(`${count} messages`, () => acknowledged.length >= count);
      await server.kill();
      await server.start();
    }
    await Promise.all(sending);
    expect(failures, 'it was in the midst of them').to.be.above(0);
    const stored: Message[] = [];
    for (const { conversationId } of groups) {
      for (let more = true, after = 0; more;) {
        const page = await nodes[0]!.messages.sync(conversationId, { after });
        stored.push(...page.messages);
        after = page.messages.at(-1)!.change;
        ({ more } = page);
      }
    }
    expect(acknowledged).to.have.length(8 * COUNT);
    expect(stored).to.have.deep.members(acknowledged);
    for (const messages of Map.groupBy(stored, ({ from }) => from.identity).values()) {
      const texts = messages.map(({ content }) => content && 'text' in content && content.text);
      expect(texts).to.deep.equal(Array.from({ length: COUNT }, (_, index) => `${index + 1}`));
    }
    for (const messages of Map.groupBy(stored, ({ conversationId }) => conversationId).values()) {
      expect(new Set(messages.map(({ seq }) => seq)).size).to.equal(messages.length);
    }
  });
});
