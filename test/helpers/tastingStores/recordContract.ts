import { expect } from 'chai';
import fc from 'fast-check';
import type { RoomRecordStore } from '../../../server/storage/tasting/RoomRecordStore.ts';
import { NOW, unique } from '../messageStores/fixtures.ts';
import { RETENTION_DAYS, type TwoNodes } from './tastingStoresContract.ts';

const DAY_MS = 86_400_000;

/** What keeping documents of rooms must do, on every database. */
export function recordContract(nodes: TwoNodes): void {
  const newRoom = () => ({ tenant: 'shop', room: `茶室 ${unique()}` });
  const sorted = async (store: RoomRecordStore, room: ReturnType<typeof newRoom>) =>
    (await store.load(room)).toSorted((a, b) => a.part.localeCompare(b.part));

  it('gives back what it was given, whatever is in it', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constant({ text: '\0 \ud800 👨‍👩‍👧 \\ % \' "' }));
    await fc.assert(
      fc.asyncProperty(value, value, async (guide, step) => {
        const room = newRoom();
        const records = [
          { part: 'guide', revision: 1, value: guide },
          { part: 'step', revision: 1, value: step },
        ];
        for (const record of records) expect(await nodes.one.records.replace(room, record, NOW)).to.equal(true);
        // As JSON says it: there is no -0.
        expect(await sorted(nodes.two.records, room)).to.deep.equal(JSON.parse(JSON.stringify(records)));
      }),
      { numRuns: 20 },
    );
  });

  it('takes each revision once, and none that is not later than what is there', async () => {
    const room = newRoom();
    const put = (revision: number, value: unknown) =>
      nodes.one.records.replace(room, { part: 'guide', revision, value }, NOW);
    expect(await put(1, 'first')).to.equal(true);
    expect(await put(1, 'another first')).to.equal(false);
    expect(await put(2, 'second')).to.equal(true);
    expect(await put(1, 'late')).to.equal(false);
    expect(await nodes.two.records.load(room)).to.deep.equal([{ part: 'guide', revision: 2, value: 'second' }]);
  });

  it('lists the documents of one kind in all rooms of a tenant, all of many', async () => {
    const tenant = `shop ${unique()}`;
    const rooms = Array.from({ length: 203 }, (_, index) => `room ${String(index).padStart(3, '0')}`);
    const put = (room: { tenant: string; room: string }, part: string) =>
      nodes.one.records.replace(room, { part, revision: 1, value: room.room }, NOW);
    for (const room of rooms) await put({ tenant, room }, 'rules');
    await put({ tenant, room: 'room 000' }, 'guide');
    await put({ tenant: `another ${tenant}`, room: 'room 000' }, 'rules');
    const first = await nodes.two.records.listPart(tenant, 'rules');
    const rest = await nodes.two.records.listPart(tenant, 'rules', first.at(-1)!.room);
    expect([...first, ...rest]).to.deep.equal(rooms.map((room) => ({ room, value: room })));
    expect(rest).to.not.be.empty;
    expect(await nodes.two.records.listPart(tenant, 'rules', rooms.at(-1))).to.deep.equal([]);
  });

  it('lets one of many win who write the same revision at the same moment on two nodes', async () => {
    const room = newRoom();
    for (let revision = 1; revision <= 5; revision += 1) {
      const writers = Array.from({ length: 10 }, (_, index) => index);
      const won = await Promise.all(
        writers.map((writer) =>
          [nodes.one, nodes.two][writer % 2]!.records.replace(room, { part: 'step', revision, value: writer }, NOW),
        ),
      );
      expect(won.filter(Boolean)).to.have.length(1);
      expect(await nodes.one.records.load(room)).to.deep.equal([{ part: 'step', revision, value: won.indexOf(true) }]);
    }
  });

  it('keeps what another node has of the same revision, or a later one, and not what is earlier', async () => {
    const room = newRoom();
    const { records } = nodes.one;
    await records.replace(room, { part: 'guide', revision: 3, value: 'own' }, NOW);
    await records.keep(room, { part: 'guide', revision: 2, value: 'earlier' }, NOW);
    expect(await records.load(room)).to.deep.equal([{ part: 'guide', revision: 3, value: 'own' }]);
    await records.keep(room, { part: 'guide', revision: 3, value: 'theirs' }, NOW);
    await records.keep(room, { part: 'step', revision: 9, value: 'new' }, NOW);
    expect(await sorted(records, room)).to.deep.equal([
      { part: 'guide', revision: 3, value: 'theirs' },
      { part: 'step', revision: 9, value: 'new' },
    ]);
  });

  it('keeps rooms and tenants apart', async () => {
    const { tenant, room } = newRoom();
    const rooms = [
      { tenant, room },
      { tenant: 'other', room },
      { tenant, room: `${room} ` },
    ];
    for (const key of rooms) {
      await nodes.one.records.replace(key, { part: 'guide', revision: 1, value: JSON.stringify(key) }, NOW);
    }
    for (const key of rooms) {
      expect(await nodes.one.records.load(key)).to.deep.equal([
        { part: 'guide', revision: 1, value: JSON.stringify(key) },
      ]);
    }
    expect(await nodes.one.records.load(newRoom())).to.deep.equal([]);
  });

  it('removes what nobody changed for as long as it is kept', async () => {
    const room = newRoom();
    const { one, two } = nodes;
    await one.records.replace(room, { part: 'guide', revision: 1, value: 'old' }, NOW - RETENTION_DAYS * DAY_MS - 1);
    await one.records.replace(room, { part: 'step', revision: 1, value: 'new' }, NOW - RETENTION_DAYS * DAY_MS);
    await Promise.all([one.sweep(NOW), two.sweep(NOW)]);
    expect(await one.records.load(room)).to.deep.equal([{ part: 'step', revision: 1, value: 'new' }]);
  });
}
