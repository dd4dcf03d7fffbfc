import { expect } from 'chai';
import { join } from 'node:path';
import { configSchema } from '../../../../config/schema.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { guideSchema, type Guide } from '../../../../protocol/guide.ts';
import { Cluster } from '../../../../server/cluster/Cluster.ts';
import { LocalStore } from '../../../../server/cluster/local/LocalStore.ts';
import { RecordDesk } from '../../../../server/rooms/records/RecordDesk.ts';
import type { RoomRecords } from '../../../../server/rooms/records/RoomRecords.ts';
import type { Database } from '../../../../server/storage/schema.ts';
import { openSqlite } from '../../../../server/storage/sqlite/openSqlite.ts';
import type { StoredRecord } from '../../../../server/storage/tasting/RoomRecordStore.ts';
import { TastingStores } from '../../../../server/storage/tasting/TastingStores.ts';
import { codeOf } from '../../../helpers/messageStores/fixtures.ts';
import { recordLog } from '../../../helpers/recordLog.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

const room = { tenant: 'shop', room: 'tea' };
const guideOf = (...names: string[]): Guide =>
  guideSchema.parse({ title: 'Spring', teas: names.map((name) => ({ teaId: name, name })) });
const namesOf = (guide: Guide | null) => guide?.teas.map(({ name }) => name) ?? null;
const add = (name: string) => (guide: Guide | null) => guideOf(...(namesOf(guide) ?? []), name);

interface Node {
  cluster: Cluster;
  desk: RecordDesk;
  stores: TastingStores;
  /** The database does nothing for this node. */
  broken: boolean;
}

describe('documents of rooms on several nodes', function () {
  this.timeout(10_000);
  const folder = temporaryFolder();
  const { logger } = recordLog();
  let store: LocalStore;
  const nodes: Node[] = [];
  const databases: Database[] = [];
  const openDatabase = async (name: string) => {
    const database = await openSqlite(join(folder.path, name), logger);
    databases.push(database);
    return database;
  };
  const start = async (database: Database, isShared = true): Promise<Node> => {
    const nodeId = `node-${nodes.length + 1}`;
    const config = configSchema.parse({ mode: 'production', cluster: { nodeId, heartbeatMs: 400 } });
    const cluster = await Cluster.open({ config, logger, store });
    const stores = new TastingStores({ database, isShared, retentionDays: 0, logger });
    const orFail = <T>(work: () => Promise<T>) =>
      node.broken ? Promise.reject(new ChaxiError('storageUnavailable')) : work();
    const records = {
      load: (key: typeof room) => orFail(() => stores.records.load(key)),
      replace: (key: typeof room, record: StoredRecord, now: number) =>
        orFail(() => stores.records.replace(key, record, now)),
      keep: (key: typeof room, record: StoredRecord, now: number) =>
        orFail(() => stores.records.keep(key, record, now)),
    } as TastingStores['records'];
    const desk = new RecordDesk({ stores: { records, isShared, idle: () => stores.idle() }, cluster, logger });
    const node = { cluster, desk, stores, broken: false };
    await cluster.join(() => ({
      url: `http://${nodeId}.example`,
      version: '1',
      load: 0,
      capacity: 100,
      rooms: 0,
      participants: 0,
      mediaReady: true,
    }));
    nodes.push(node);
    const nodeIds = nodes.map((other) => other.cluster.nodeId);
    await Promise.all(nodes.flatMap((other) => nodeIds.map((id) => other.cluster.findNode(id))));
    return node;
  };
  const open = async ({ desk }: Node, ...others: Node[]): Promise<RoomRecords> => {
    const records = desk.openRoom(room);
    await records.meet(others.map(({ cluster }) => cluster.nodeId));
    return records;
  };
  const until = (records: RoomRecords, ...names: string[]) =>
    waitFor(`the guide to be ${names.join()}`, () => namesOf(records.guide.value)?.join() === names.join());

  beforeEach(() => (store = new LocalStore()));
  afterEach(async () => {
    for (const { desk, cluster } of nodes.splice(0)) {
      desk.close();
      await cluster.close();
    }
    for (const database of databases.splice(0)) await database.destroy();
  });

  it('are the same on all of them after a change, and again when the room opens anew', async () => {
    const database = await openDatabase('shared');
    const [one, two] = [await start(database), await start(database)];
    const [here, there] = [await open(one), await open(two, one)];
    const told: unknown[] = [];
    there.guide.onChanged((guide, revision) => told.push([namesOf(guide), revision]));
    expect([here.guide.value, here.guide.revision]).to.deep.equal([null, 0]);
    expect(await here.guide.update(add('oolong'))).to.deep.equal({ value: guideOf('oolong'), revision: 1 });
    await until(there, 'oolong');
    expect(await there.guide.update(() => null)).to.deep.equal({ value: null, revision: 2 });
    await waitFor('the other node to hear of it', () => here.guide.revision === 2);
    expect(told).to.deep.equal([
      [['oolong'], 1],
      [null, 2],
    ]);
    here.close();
    const again = await open(one, two);
    expect([again.guide.value, again.guide.revision]).to.deep.equal([null, 2]);
  });

  it('are told once where a node has a change of the database before it hears of it, and again where that is another one', async () => {
    const records = await open(await start(await openDatabase('one')));
    const told: (string[] | null)[] = [];
    records.guide.onChanged((guide) => told.push(namesOf(guide)));
    const change = (name: string) => ({ part: 'guide', revision: 1, value: guideOf(name) });
    records.guide.takeStored(change('oolong'));
    records.hear({ ...change('oolong'), writer: 'node-8' });
    expect(told).to.deep.equal([['oolong']]);
    for (const writer of ['node-9', 'node-7']) records.hear({ ...change(writer), writer });
    expect(told).to.deep.equal([['oolong'], ['node-9']]);
  });

  it('lose no change that nodes make at the same moment', async () => {
    const database = await openDatabase('shared');
    const [one, two] = [await start(database), await start(database)];
    const both = [await open(one), await open(two, one)];
    const names = Array.from({ length: 16 }, (_, index) => `tea-${index}`);
    const revised = await Promise.all(names.map((name, index) => both[index % 2]!.guide.update(add(name))));
    expect(revised.map(({ revision }) => revision).toSorted((a, b) => a - b)).to.deep.equal(
      names.map((_, index) => index + 1),
    );
    await waitFor('both nodes to have all', () => both.every(({ guide }) => guide.revision === names.length));
    expect(both[0]!.guide.value).to.deep.equal(both[1]!.guide.value);
    expect(namesOf(both[0]!.guide.value)).to.have.members(names);
  });

  it('write nothing where the change throws or changes nothing', async () => {
    const node = await start(await openDatabase('one'));
    const records = await open(node);
    await records.guide.update(add('oolong'));
    const refuse = () => {
      throw new ChaxiError('guideConflict');
    };
    expect(await codeOf(records.guide.update(refuse))).to.equal('guideConflict');
    expect(await records.guide.update((guide) => guide)).to.deep.include({ revision: 1 });
    expect((await node.stores.records.load(room)).map(({ revision }) => revision)).to.deep.equal([1]);
  });

  it('stay what they were, and nobody is told, where the database fails; then they go on', async () => {
    const database = await openDatabase('shared');
    const [one, two] = [await start(database), await start(database)];
    const [here, there] = [await open(one), await open(two, one)];
    await here.guide.update(add('oolong'));
    await until(there, 'oolong');
    one.broken = true;
    expect(await codeOf(here.guide.update(add('lost')))).to.equal('storageUnavailable');
    expect(namesOf(here.guide.value)).to.deep.equal(['oolong']);
    await there.guide.update(add('sencha'));
    await until(here, 'oolong', 'sencha');
    one.broken = false;
    await here.guide.update(add('assam'));
    await until(there, 'oolong', 'sencha', 'assam');
  });

  it('are what they are at first where the database fails as the room opens, until it works again', async () => {
    const node = await start(await openDatabase('one'));
    (await open(node)).close();
    await node.stores.records.replace(room, { part: 'guide', revision: 7, value: guideOf('oolong') }, 0);
    node.broken = true;
    const records = await open(node);
    expect(records.guide.value).to.equal(null);
    node.broken = false;
    await until(records, 'oolong');
    expect(records.guide.revision).to.equal(7);
  });

  it('are looked at again when a node is gone, which may not have told what it wrote at last', async () => {
    const database = await openDatabase('shared');
    const [one, two] = [await start(database), await start(database)];
    const here = await open(one);
    await open(two, one);
    await two.stores.records.replace(room, { part: 'guide', revision: 1, value: guideOf('untold') }, 0);
    await two.cluster.close();
    nodes.splice(1);
    await until(here, 'untold');
  });

  it('are changed for those who have the room open by a node that has not', async () => {
    const database = await openDatabase('shared');
    const [one, two] = [await start(database), await start(database)];
    const here = await open(one);
    const elsewhere = await two.desk.read(room);
    await elsewhere.guide.update(add('oolong'));
    await until(here, 'oolong');
    expect(namesOf((await two.desk.read(room)).guide.value)).to.deep.equal(['oolong']);
    await (await one.desk.read(room)).guide.update(() => null);
    expect(here.guide.value, 'an open room has one and the same').to.equal(null);
  });

  it('are passed over where a later version wrote what this one does not understand', async () => {
    const node = await start(await openDatabase('one'));
    await node.stores.records.replace(room, { part: 'guide', revision: 1, value: { from: 'the future' } }, 0);
    await node.stores.records.replace(room, { part: 'future', revision: 1, value: {} }, 0);
    expect((await open(node)).guide.value).to.equal(null);
  });

  it('are heard of from who has them, and kept, where each node has a database of its own', async () => {
    const one = await start(await openDatabase('one'), false);
    const two = await start(await openDatabase('two'), false);
    const here = await open(one);
    await here.guide.update(add('oolong'));
    const there = await open(two, one);
    expect(namesOf(there.guide.value), 'known when the room is open').to.deep.equal(['oolong']);
    await there.guide.update(add('sencha'));
    await until(here, 'oolong', 'sencha');
    here.close();
    expect(namesOf((await open(one)).guide.value)).to.deep.equal(['oolong', 'sencha']);
  });

  it('become the same at last where nodes with databases of their own write at the same moment', async () => {
    const one = await start(await openDatabase('one'), false);
    const two = await start(await openDatabase('two'), false);
    const both = [await open(one), await open(two, one)];
    await Promise.all(both.map((records, index) => records.guide.update(add(`tea-${index}`))));
    await waitFor(
      'both to be the same',
      () => namesOf(both[0]!.guide.value)?.join() === namesOf(both[1]!.guide.value)?.join(),
    );
    const kept = () => Promise.all([one, two].map(({ stores }) => stores.records.load(room)));
    await waitFor('both to keep the same', async () => {
      const [first, second] = await kept();
      return JSON.stringify(first) === JSON.stringify(second);
    });
  });
});
