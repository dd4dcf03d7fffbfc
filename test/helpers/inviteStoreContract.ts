import { expect } from 'chai';
import { limits } from '../../protocol/limits.ts';
import { uuidV7 } from '../../server/base/uuidV7.ts';
import { RETURN_MS } from '../../server/storage/invites/decideOpening.ts';
import { InviteStore } from '../../server/storage/invites/InviteStore.ts';
import type { InviteRow } from '../../server/storage/invites/rows.ts';
import type { Database } from '../../server/storage/schema.ts';
import { codeOf, NOW, unique } from './messageStores/fixtures.ts';
import { recordLog } from './recordLog.ts';

const HOUR_MS = 3_600_000;
const RETENTION_DAYS = 30;

export function inviteRow(changes: Partial<InviteRow> = {}): InviteRow {
  const createdAt = changes.createdAt ?? NOW;
  return {
    inviteId: uuidV7(createdAt),
    tenant: 'shop',
    room: 'tea',
    role: 'expert',
    name: '陈老师',
    grants: '{"stills":false}',
    createdByIdentity: 'host',
    createdByName: "Robert'); DROP TABLE invites;--",
    createdAt,
    expiresAt: createdAt + HOUR_MS,
    maxUses: 1,
    revokedAt: null,
    ...changes,
  };
}

/** What every database under an InviteStore must do. `start` answers an empty one, to which there are several ways, as several nodes have them. */
export function inviteStoreContract(start: () => Promise<{ open(): Promise<Database>; close(): Promise<void> }>): void {
  let databases: Database[];
  let stores: [InviteStore, InviteStore];
  let close: () => Promise<void>;
  let room: { tenant: string; room: string };

  before(async () => {
    const { logger } = recordLog();
    const started = await start();
    databases = [await started.open(), await started.open()];
    const [one, two] = databases.map(
      (database) => new InviteStore({ database, retentionDays: RETENTION_DAYS, logger }),
    );
    stores = [one!, two!];
    close = started.close;
  });
  beforeEach(() => (room = { tenant: `shop-${unique()}`, room: 'tea' }));
  after(async () => {
    for (const database of databases) await database.destroy();
    await close();
  });

  const create = async (changes: Partial<InviteRow> = {}) => {
    const row = inviteRow({ ...room, ...changes });
    await stores[0].create(row);
    return row;
  };
  const open = (
    row: InviteRow,
    device: string,
    { name, nowMs = NOW, store = stores[0] }: Partial<{ name: string; nowMs: number; store: InviteStore }> = {},
  ) => store.open(row, { device, name }, nowMs);

  it('gives back what it was given, the newest first, and to no other room or shop', async () => {
    const older = await create({ name: null, grants: '{}' });
    const newer = await create({ createdAt: NOW + 5, createdByName: '茶🍵\u200d“”' });
    await create({ room: 'other' });
    await create({ tenant: `shop-${unique()}` });
    expect(await stores[1].list(room, NOW)).to.deep.equal([
      { invite: newer, uses: [] },
      { invite: older, uses: [] },
    ]);
    expect(await stores[1].find(older.inviteId)).to.deep.equal(older);
    expect(await stores[1].find(uuidV7(NOW))).to.equal(undefined);
  });

  it('opens for as many devices as may, and for the same one again without counting it twice', async () => {
    const invite = await create({ maxUses: 2 });
    const first = await open(invite, 'one');
    expect(first).to.deep.include({ isNew: true, invite });
    expect(first.use).to.deep.include({ number: 1, name: '陈老师', openedAt: NOW, enteredAt: null });
    expect(await open(invite, 'one', { nowMs: NOW + 9 })).to.deep.equal({ ...first, isNew: false });
    expect((await open(invite, 'two')).use?.number).to.equal(2);
    expect(await codeOf(open(invite, 'three'))).to.equal('inviteUsedUp');
    expect((await open(invite, 'one')).use?.number).to.equal(1);
  });

  it('opens for exactly as many as may when many come at once, from several nodes', async () => {
    const invite = await create({ maxUses: 3 });
    const asked = Array.from({ length: 12 }, (_, index) =>
      open(invite, `device ${index}`, { store: stores[index % 2] }).then(
        ({ use }) => use!.number,
        () => 0,
      ),
    );
    const numbers = await Promise.all(asked);
    expect(numbers.filter((number) => number > 0).sort()).to.deep.equal([1, 2, 3]);
  });

  it('counts one device once, however often it comes at once', async () => {
    const invite = await create({ maxUses: 5 });
    const asked = Array.from({ length: 8 }, (_, index) => open(invite, 'same', { store: stores[index % 2] }));
    const uses = (await Promise.all(asked)).map(({ use }) => use?.number);
    expect(new Set(uses)).to.deep.equal(new Set([1]));
    const [stored] = await stores[0].list(room, NOW);
    expect(stored?.uses).to.have.length(1);
  });

  it('asks for a name where there is none, which uses up nothing', async () => {
    const invite = await create({ name: null });
    expect(await open(invite, 'one')).to.deep.equal({ invite, use: null, isNew: false });
    expect((await open(invite, 'two', { name: 'Wang' })).use?.name).to.equal('Wang');
    expect(await codeOf(open(invite, 'one'))).to.equal('inviteUsedUp');
    // Who has said it once is not asked again.
    expect((await open(invite, 'two')).use?.name).to.equal('Wang');
  });

  it('opens for nobody new after its time, and for who came in time twelve hours longer', async () => {
    const invite = await create({ maxUses: 2 });
    await open(invite, 'one');
    const { expiresAt } = invite;
    expect(await codeOf(open(invite, 'two', { nowMs: expiresAt }))).to.equal('inviteExpired');
    expect((await open(invite, 'one', { nowMs: expiresAt + RETURN_MS - 1 })).use?.number).to.equal(1);
    expect(await codeOf(open(invite, 'one', { nowMs: expiresAt + RETURN_MS }))).to.equal('inviteExpired');
  });

  it('opens for nobody after it was revoked, which is remembered as it was first', async () => {
    const invite = await create();
    await open(invite, 'one');
    const other = await create();
    const { inviteId } = invite;
    const [stored] = await stores[0].revoke(room, [inviteId], NOW + 1);
    expect(stored?.invite).to.deep.equal({ ...invite, revokedAt: NOW + 1 });
    expect(stored?.uses).to.have.length(1);
    const both = await stores[1].revoke(room, [inviteId, other.inviteId], NOW + 2);
    const times = new Map(both.map((one) => [one.invite.inviteId, one.invite.revokedAt]));
    expect(times).to.deep.equal(
      new Map([
        [inviteId, NOW + 1],
        [other.inviteId, NOW + 2],
      ]),
    );
    expect(await stores[0].revoke(room, [], NOW + 3)).to.deep.equal([]);
    expect(await codeOf(open(invite, 'one'))).to.equal('inviteRevoked');
  });

  it('knows none of another room, and opens none of another shop', async () => {
    const { inviteId } = await create();
    expect(await stores[0].revoke({ ...room, room: 'other' }, [inviteId], NOW)).to.deep.equal([]);
    expect(await stores[0].makers({ ...room, tenant: 'another shop' })).to.deep.equal([]);
    expect((await stores[0].makers(room)).map((made) => made.inviteId)).to.deep.equal([inviteId]);
    const opener = { device: 'one', name: undefined };
    for (const address of [
      { tenant: room.tenant, inviteId: uuidV7(NOW) },
      { tenant: 'another shop', inviteId },
    ]) {
      expect(await codeOf(stores[0].open(address, opener, NOW))).to.equal('inviteNotFound');
    }
    expect((await stores[0].find(inviteId))?.revokedAt).to.equal(null);
  });

  it('keeps no more that are good than a room may have, and any number that are not', async () => {
    const rows: InviteRow[] = [];
    for (let count = 0; count < limits.invitesPerRoom; count += 1) rows.push(await create({ createdAt: NOW + count }));
    const later = NOW + limits.invitesPerRoom;
    expect(await codeOf(create({ createdAt: later }))).to.equal('limitReached');
    await stores[0].revoke(room, [rows[0]!.inviteId], later);
    const last = await create({ createdAt: later });
    const listed = await stores[1].list(room, later);
    expect(listed.map(({ invite }) => invite.inviteId)).to.deep.equal(
      [...rows, last].map(({ inviteId }) => inviteId).reverse(),
    );
  });

  it('remembers when someone came first', async () => {
    const invite = await create();
    await open(invite, 'one');
    await stores[0].noteEntered(invite.inviteId, 1, NOW + 3);
    await stores[1].noteEntered(invite.inviteId, 1, NOW + 4);
    const [stored] = await stores[0].list(room, NOW);
    expect(stored?.uses[0]?.enteredAt).to.equal(NOW + 3);
  });

  it('tells what is kept of a person, and forgets it', async () => {
    const made = await create({ createdByIdentity: 'ann', createdByName: 'Ann' });
    const others = await create({ createdAt: NOW + 1 });
    await open(others, 'one');
    const { tenant } = room;
    const ofAnn = async () => {
      const inviteIds: string[] = [];
      for await (const { inviteId } of stores[0].madeBy(tenant, 'ann')) inviteIds.push(inviteId);
      return inviteIds;
    };
    expect(await ofAnn()).to.deep.equal([made.inviteId]);
    expect(await stores[0].findUse('another shop', others.inviteId, 1)).to.equal(undefined);
    expect((await stores[0].findUse(tenant, others.inviteId, 1))?.use.name).to.equal('陈老师');

    await stores[0].forgetInviter(tenant, 'ann', 'nobody');
    await stores[0].forgetUse('another shop', others.inviteId, 1, 'nobody');
    expect((await stores[0].findUse(tenant, others.inviteId, 1))?.use.name).to.equal('陈老师');
    await stores[0].forgetUse(tenant, others.inviteId, 1, 'nobody');
    expect(await ofAnn()).to.deep.equal([]);
    const found = await stores[0].findUse(tenant, others.inviteId, 1);
    expect([found?.invite.name, found?.use.name, found?.use.device]).to.deep.equal([null, '', 'nobody']);
    // It still counts.
    expect(await codeOf(open(others, 'one'))).to.equal('inviteUsedUp');
  });

  it('removes those that expired long enough ago, with who opened them', async () => {
    const old = await create({ createdAt: NOW - 40 * 24 * HOUR_MS });
    const kept = await create();
    await open(old, 'one', { nowMs: old.createdAt });
    await Promise.all(stores.map((store) => store.sweep(NOW)));
    expect((await stores[0].list(room, NOW)).map(({ invite }) => invite.inviteId)).to.deep.equal([kept.inviteId]);
    const uses = await databases[0]!
      .selectFrom('inviteUses')
      .where('inviteId', '=', old.inviteId)
      .selectAll()
      .execute();
    expect(uses).to.deep.equal([]);
  });
}
