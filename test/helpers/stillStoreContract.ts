import { expect } from 'chai';
import fc from 'fast-check';
import { uuidV7 } from '../../server/base/uuidV7.ts';
import type { StillRow } from '../../server/storage/schema.ts';
import type { StillStore } from '../../server/storage/StillStore.ts';

const tea = { tenant: 'shop', room: 'tea' };

/** A row, whose id is of the time when it was taken. */
export function stillRow(changes: Partial<StillRow> = {}): StillRow {
  const takenAt = changes.takenAt ?? 1_795_000_000_000;
  const stillId = changes.stillId ?? uuidV7(takenAt);
  return {
    ...tea,
    stillId,
    accessKey: `key of ${stillId}`,
    mimeType: 'image/jpeg',
    previewKey: null,
    previewType: null,
    width: 4_032,
    height: 3_024,
    sizeBytes: 3_000_000,
    diskBytes: 3_040_000,
    takenAt,
    source: 'teaCloseUp',
    takenFromIdentity: 'host',
    takenFromName: '李师傅',
    requestedByIdentity: 'guest',
    requestedByName: "Robert'); DROP TABLE stills;--",
    colorCorrected: 0,
    ...changes,
  };
}

/** What every database under a StillStore must do. `open` answers an empty one. */
export function stillStoreContract(open: () => Promise<{ store: StillStore; close(): Promise<void> }>): void {
  let store: StillStore;
  let close: () => Promise<void>;

  beforeEach(async () => ({ store, close } = await open()));
  afterEach(() => close());

  const idsOf = (rows: StillRow[]) => rows.map(({ stillId }) => stillId);

  it('gives back what it was given, whatever is in the texts', async () => {
    const rows = [
      stillRow({ colorCorrected: 1, source: 'camera', mimeType: 'image/png' }),
      stillRow({ previewKey: 'key of the preview', previewType: 'image/webp' }),
      stillRow({ takenAt: 1_795_000_000_001, sizeBytes: 2 ** 40, takenFromName: '茶🍵\u200d“”' }),
    ];
    for (const row of rows) await store.save(row);
    expect(await store.list(tea, { limit: 9 })).to.have.deep.members(rows);
    for (const row of rows) expect(await store.findByKey(row.accessKey)).to.deep.equal(row);
    expect(await store.findByKey('key of the preview')).to.deep.equal(rows[1]);
    expect(await store.findByKey('another key')).to.equal(undefined);
  });

  it('lists a room in pages, the newest first, in whatever order it was filled', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 41 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 10 }),
        async (times, limit) => {
          const room = { tenant: 'shop', room: `room ${Math.random()}` };
          const rows = times.map((takenAt) => stillRow({ ...room, takenAt }));
          for (const row of rows) await store.save(row);
          const listed: StillRow[] = [];
          for (let page = await store.list(room, { limit }); page.length > 0;) {
            expect(page.length).to.be.at.most(limit);
            listed.push(...page);
            page = await store.list(room, { limit, before: page.at(-1)!.stillId });
          }
          expect(listed).to.deep.equal(rows.toSorted((a, b) => b.takenAt - a.takenAt));
          expect(await store.count(room)).to.equal(rows.length);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('sums the bytes of a tenant, in all its rooms', async () => {
    expect(await store.bytesOf('shop')).to.equal(0);
    const sizes = [2 ** 40, 1, 20];
    for (const diskBytes of sizes) await store.save(stillRow({ diskBytes, room: `room ${diskBytes}` }));
    await store.save(stillRow({ diskBytes: 7, tenant: 'other' }));
    expect(await store.bytesOf('shop')).to.equal(2 ** 40 + 21);
    expect(await store.bytesOf('other')).to.equal(7);
  });

  it('goes on with a page though the still before it is gone', async () => {
    const rows = [1, 2, 3].map((takenAt) => stillRow({ takenAt }));
    for (const row of rows) await store.save(row);
    await store.remove(tea, rows[1]!.stillId);
    expect(idsOf(await store.list(tea, { limit: 9, before: rows[1]!.stillId }))).to.deep.equal([rows[0]!.stillId]);
  });

  it('keeps rooms and tenants apart', async () => {
    const others = [{ tenant: 'other' }, { room: 'Tea' }, { room: 'tea ' }, { tenant: 'tea', room: 'shop' }];
    const row = stillRow();
    for (const item of [row, ...others.map((other) => stillRow(other))]) await store.save(item);
    expect(await store.list(tea, { limit: 9 })).to.deep.equal([row]);
    expect(await store.count(tea)).to.equal(1);
    for (const other of others) expect(await store.remove({ ...tea, ...other }, row.stillId)).to.equal(undefined);
    expect(await store.count(tea)).to.equal(1);
  });

  it('removes what it is told to, once', async () => {
    const row = stillRow({ previewKey: 'preview', previewType: 'image/jpeg' });
    await store.save(row);
    expect(await store.remove(tea, row.stillId)).to.deep.equal(row);
    expect(await store.remove(tea, row.stillId)).to.equal(undefined);
    for (const key of [row.accessKey, 'preview']) expect(await store.findByKey(key)).to.equal(undefined);
    expect(await store.list(tea, { limit: 9 })).to.be.empty;
  });

  it('removes what is older than a time, in every room', async () => {
    const rows = [10, 20, 30].map((takenAt) => stillRow({ takenAt, room: `room ${takenAt}` }));
    for (const row of rows) await store.save(row);
    expect(idsOf(await store.removeOlderThan(30)).toSorted()).to.deep.equal(idsOf(rows.slice(0, 2)));
    expect(await store.removeOlderThan(30)).to.be.empty;
    expect(await store.count({ tenant: 'shop', room: 'room 30' })).to.equal(1);
  });

  it('tells which of many ids there are', async () => {
    const rows = [1, 2, 3].map((takenAt) => stillRow({ takenAt }));
    for (const row of rows) await store.save(row);
    const unknown = Array.from({ length: 2_500 }, (_, index) => uuidV7(index));
    expect(await store.existing([...unknown, ...idsOf(rows)])).to.deep.equal(new Set(idsOf(rows)));
    expect(await store.existing([])).to.be.empty;
  });

  it('takes no id and no address twice', async () => {
    const row = stillRow({ previewKey: 'preview', previewType: 'image/jpeg' });
    await store.save(row);
    const twins = [{ stillId: row.stillId }, { accessKey: row.accessKey }, { previewKey: row.previewKey }];
    for (const twin of twins) {
      const error: unknown = await store.save(stillRow(twin)).catch((refusal: unknown) => refusal);
      expect(error).to.be.an('error');
    }
    expect(await store.list(tea, { limit: 9 })).to.deep.equal([row]);
  });

  it('answers many who ask at once', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => stillRow({ takenAt: index + 1 }));
    await Promise.all(rows.map((row) => store.save(row)));
    const counts = await Promise.all(rows.map(() => store.count(tea)));
    expect(new Set(counts)).to.deep.equal(new Set([200]));
  });
}
