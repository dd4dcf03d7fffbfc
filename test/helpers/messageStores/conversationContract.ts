import { expect } from 'chai';
import fc from 'fast-check';
import type { OwnConversation } from '../../../protocol/conversations.ts';
import { limits } from '../../../protocol/limits.ts';
import { uuidV7 } from '../../../server/base/uuidV7.ts';
import type { Receipt } from '../../../server/storage/messages/MemberStore.ts';
import type { Person } from '../../../server/storage/messages/rows.ts';
import type { ContractStores } from './ContractStores.ts';
import { codeOf, draft, nameOf, NOW, request, unique } from './fixtures.ts';

const customer = { counter: false };
const counter = { counter: true };

/** What conversations must do, on every database. */
export function conversationContract(stores: () => ContractStores): void {
  const newTenant = () => `shop-${unique()}`;
  const idsOf = (conversations: { conversationId: string }[]) =>
    conversations.map(({ conversationId }) => conversationId);
  const listAll = async (person: Person, access = customer, limit = 50) => {
    const listed: OwnConversation[] = [];
    for (let more = true; more;) {
      const after = listed.at(-1);
      const page = await stores().one.conversations.listFor(person, access, { limit, ...(after && { after }) });
      expect(page.conversations.length).to.be.at.most(limit);
      listed.push(...page.conversations);
      ({ more } = page);
    }
    return listed;
  };

  it('makes the conversation of a room, or of a customer, once, however many ask on two nodes at the same moment', async () => {
    const tenant = newTenant();
    for (const asked of [
      { tenant, kind: 'room', room: '茶室' },
      { tenant, kind: 'shop', customer: '茶室', title: 'Ann' },
    ] as const) {
      const made = await Promise.all(
        Array.from({ length: 12 }, (_, index) => stores().both[index % 2]!.conversations.ensure(asked, NOW)),
      );
      expect(new Set(idsOf(made)).size).to.equal(1);
      expect(made[0]).to.deep.include({
        kind: asked.kind,
        title: asked.kind === 'room' ? '茶室' : 'Ann',
        room: asked.kind === 'room' ? '茶室' : null,
        customer: asked.kind === 'shop' ? '茶室' : null,
        createdAt: NOW,
        activeAt: NOW,
        lastChange: 0,
        memberCount: 0,
      });
    }
    const elsewhere = await stores().one.conversations.ensure({ tenant: newTenant(), kind: 'room', room: '茶室' }, NOW);
    expect(await stores().one.conversations.find(tenant, elsewhere.conversationId), 'another shop').to.equal(undefined);
  });

  it('makes groups, any number, with their members', async () => {
    const group = await stores().group('ann', 'bob');
    const another = await stores().groupIn(group.tenant, 'ann', 'bob');
    expect(another.conversationId).to.not.equal(group.conversationId);
    const { tenant, ...info } = group;
    expect(await stores().two.conversations.find(tenant, group.conversationId)).to.deep.equal(info);
    expect(info).to.deep.include({ kind: 'group', title: 'group', memberCount: 2, room: null, customer: null });
    expect(idsOf(await listAll({ tenant, identity: 'bob' }))).to.have.members(idsOf([group, another]));
  });

  it('makes no group of too many', async () => {
    const tenant = newTenant();
    const members = Array.from({ length: limits.members + 1 }, (_, index) => ({
      identity: `p${index}`,
      name: 'p',
      role: 'member' as const,
    }));
    expect(await codeOf(stores().one.conversations.createGroup(tenant, 'crowd', members, NOW))).to.equal(
      'limitReached',
    );
    expect(await listAll({ tenant, identity: 'p0' })).to.deep.equal([]);
    const { conversationId, memberCount } = await stores().one.conversations.createGroup(
      tenant,
      'crowd',
      members.slice(1),
      NOW,
    );
    expect(memberCount).to.equal(limits.members);
    expect(await codeOf(stores().one.members.put(conversationId, members.slice(0, 1), NOW))).to.equal('limitReached');
  });

  it('gives a conversation another title', async () => {
    const { tenant, conversationId } = await stores().group('ann');
    await stores().one.conversations.rename(conversationId, 'Oolong');
    expect((await stores().two.conversations.find(tenant, conversationId))?.title).to.equal('Oolong');
  });

  it('lists those of a person in pages, the latest message first, whatever the order in which they were made', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (minutes, limit) => {
          const tenant = newTenant();
          const expected: { conversationId: string; activeAt: number }[] = [];
          for (const minute of minutes) {
            const { conversationId } = await stores().groupIn(tenant, 'ann');
            const activeAt = NOW + minute * 60_000;
            await stores().send(request(conversationId, 'ann', [draft()], activeAt));
            expected.push({ conversationId, activeAt });
          }
          expected.sort((a, b) => b.activeAt - a.activeAt || (b.conversationId > a.conversationId ? 1 : -1));
          const listed = await listAll({ tenant, identity: 'ann' }, customer, limit);
          expect(idsOf(listed)).to.deep.equal(idsOf(expected));
        },
      ),
      { numRuns: 8 },
    );
  });

  it('shows whoever stands at the counter all conversations with customers, as a host, and to others only their own', async () => {
    const tenant = newTenant();
    const ensure = (identity: string) =>
      stores().one.conversations.ensure({ tenant, kind: 'shop', customer: identity, title: identity }, NOW);
    const [ofAnn, ofBob] = [await ensure('ann'), await ensure('bob')];
    const group = await stores().groupIn(tenant, 'bob');
    const room = await stores().one.conversations.ensure({ tenant, kind: 'room', room: 'tea' }, NOW);
    await stores().one.members.put(ofAnn.conversationId, [{ identity: 'ann', name: 'Ann', role: 'member' }], NOW);
    await stores().say(ofAnn.conversationId, 'ann', 'one', 'two');
    const clerk = { tenant, identity: 'clerk' };
    expect(idsOf(await listAll(clerk, counter))).to.have.members(idsOf([ofAnn, ofBob]));
    expect(await stores().one.conversations.conversationIdsOf(clerk, counter)).to.have.members(idsOf([ofAnn, ofBob]));
    expect(await stores().one.conversations.own(clerk, counter, ofAnn.conversationId)).to.deep.include({
      role: 'host',
      readSeq: 0,
      unread: 2,
    });
    const access = (person: Person, asked: typeof counter, { conversationId }: { conversationId: string }) =>
      stores().one.conversations.access(person, asked, conversationId);
    expect(await access(clerk, counter, ofAnn)).to.deep.include({ role: 'host', isMember: false });
    expect(await access({ tenant, identity: 'ann' }, counter, ofAnn)).to.deep.include({
      role: 'member',
      isMember: true,
    });
    for (const hidden of [group, room]) expect(await access(clerk, counter, hidden)).to.equal(undefined);
    expect(await listAll(clerk), 'without the counter').to.deep.equal([]);
    expect(await access(clerk, customer, ofAnn)).to.equal(undefined);
    expect(await listAll({ tenant: newTenant(), identity: 'ann' }, counter), 'at another shop').to.deep.equal([]);
    expect(idsOf(await listAll({ tenant, identity: 'ann' }))).to.deep.equal(idsOf([ofAnn]));
    expect(await stores().one.conversations.conversationIdsOf({ tenant, identity: 'bob' }, customer)).to.deep.equal(
      idsOf([group]),
    );
  });

  it('counts as unread what others wrote after the last that was read, and what is still there', async () => {
    const { tenant, conversationId } = await stores().group('ann', 'bob');
    const unreadOf = async (identity: string) => {
      const own = await stores().two.conversations.own({ tenant, identity }, customer, conversationId);
      return own?.unread;
    };
    const [first] = await stores().say(conversationId, 'ann', 'one', 'two', 'three');
    await stores().say(conversationId, 'bob', 'four');
    expect([await unreadOf('ann'), await unreadOf('bob')]).to.deep.equal([1, 3]);
    await stores().one.messages.change(conversationId, first!.seq, (message) => ({ ...message, content: null }));
    expect(await unreadOf('bob')).to.equal(2);
    await stores().one.members.advance([{ conversationId, identity: 'bob', deliveredSeq: 3, readSeq: 2 }]);
    expect([await unreadOf('ann'), await unreadOf('bob')]).to.deep.equal([1, 1]);
    await stores().say(conversationId, 'ann', ...Array.from({ length: limits.unreadCount + 5 }, () => 'much'));
    expect(await unreadOf('bob')).to.equal(limits.unreadCount);
  });

  it('tells who is mentioned in what is unread, as long as it is there', async () => {
    const { tenant, conversationId } = await stores().group('ann', 'bob', 'eve');
    const mentioned = async (identity: string) =>
      (await stores().two.conversations.own({ tenant, identity }, customer, conversationId))?.mentioned;
    const { messages } = await stores().send(
      request(conversationId, 'ann', [
        draft(),
        draft({ mentions: ['bob', 'ann', 'bob'] }),
        draft({ mentions: ['bob'] }),
      ]),
    );
    expect([await mentioned('ann'), await mentioned('bob'), await mentioned('eve')]).to.deep.equal([
      false,
      true,
      false,
    ]);
    await stores().one.members.advance([{ conversationId, identity: 'bob', deliveredSeq: 2, readSeq: 2 }]);
    expect(await mentioned('bob'), 'the second is unread').to.equal(true);
    const mention = (mentions: string[]) =>
      stores().one.messages.change(conversationId, messages[2]!.seq, (message) => ({ ...message, mentions }));
    await mention(['eve']);
    expect([await mentioned('bob'), await mentioned('eve')]).to.deep.equal([false, true]);
    await stores().one.messages.change(conversationId, messages[2]!.seq, (message) => ({ ...message, content: null }));
    expect(await mentioned('eve')).to.equal(false);
  });

  it('knows nothing of what there is not', async () => {
    const tenant = newTenant();
    const nowhere = uuidV7(NOW);
    expect(await stores().one.conversations.find(tenant, nowhere)).to.equal(undefined);
    expect(await stores().one.conversations.own({ tenant, identity: 'ann' }, counter, nowhere)).to.equal(undefined);
    expect(await codeOf(stores().one.members.put(nowhere, [{ identity: 'a', name: 'a', role: 'host' }], NOW))).to.equal(
      'conversationNotFound',
    );
  });

  it('takes people in, gives them another name or role, and says what changed', async () => {
    const { conversationId } = await stores().group('ann');
    const { members } = stores().one;
    const bob = { identity: 'bob', name: 'Bob', role: 'member' as const };
    const put = await members.put(conversationId, [{ ...bob, name: 'B.' }, bob], NOW + 5);
    const expected = { ...bob, joinedAt: NOW + 5, deliveredSeq: 0, readSeq: 0 };
    expect(put).to.deep.equal({ changed: [expected], added: ['bob'], memberCount: 2 });
    expect(await members.find(conversationId, 'bob')).to.deep.equal(expected);
    const same = { identity: 'ann', name: nameOf('ann'), role: 'host' as const };
    expect(await members.put(conversationId, [bob, same], NOW + 9)).to.deep.equal({
      changed: [],
      added: [],
      memberCount: 2,
    });
    const observer = { ...bob, role: 'observer' as const, name: '鲍勃' };
    expect(await members.put(conversationId, [observer], NOW + 9)).to.deep.equal({
      changed: [{ ...expected, ...observer }],
      added: [],
      memberCount: 2,
    });
    expect(await members.put(conversationId, [], NOW)).to.deep.equal({ changed: [], added: [], memberCount: 2 });
  });

  it('counts members right though many come and go on two nodes at once', async () => {
    const { tenant, conversationId } = await stores().group('ann');
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const { members } = stores().both[index % 2]!;
        const identity = `p${index % 10}`;
        await members.put(conversationId, [{ identity, name: identity, role: 'member' }], NOW);
        if (index % 3 === 0) await members.remove(conversationId, identity);
      }),
    );
    const { members } = await stores().one.members.list(conversationId);
    const conversation = await stores().two.conversations.find(tenant, conversationId);
    expect(conversation?.memberCount).to.equal(members.length);
  });

  it('ends a membership, once', async () => {
    const { tenant, conversationId } = await stores().group('ann', 'bob');
    expect(await stores().one.members.remove(conversationId, 'bob')).to.equal(1);
    expect(await stores().two.members.remove(conversationId, 'bob')).to.equal(undefined);
    expect(await stores().one.members.remove(uuidV7(NOW), 'bob')).to.equal(undefined);
    expect(await listAll({ tenant, identity: 'bob' })).to.deep.equal([]);
    expect(await stores().one.members.find(conversationId, 'bob')).to.equal(undefined);
  });

  it('lists members in pages by identity', async () => {
    const identities = ['bob', 'ann', 'eve', 'dora', 'carl'];
    const { conversationId } = await stores().group(...identities);
    const listed: string[] = [];
    for (let more = true; more;) {
      const page = await stores().one.members.list(conversationId, { after: listed.at(-1) ?? '', limit: 2 });
      listed.push(...page.members.map(({ identity }) => identity));
      ({ more } = page);
    }
    expect(listed).to.deep.equal(identities.toSorted());
  });

  it('moves how far people have read on and never back, and not beyond the last message', async () => {
    const { conversationId } = await stores().group('ann', 'bob');
    await stores().say(conversationId, 'ann', 'one', 'two', 'three', 'four');
    const advance = (receipts: Receipt[]) => stores().one.members.advance(receipts);
    const receipt = (identity: string, deliveredSeq: number, readSeq: number) => ({
      conversationId,
      identity,
      deliveredSeq,
      readSeq,
    });
    expect(await advance([receipt('bob', 2, 0), receipt('nobody', 4, 4), receipt('ann', 0, 3)])).to.have.deep.members([
      receipt('bob', 2, 0),
      receipt('ann', 3, 3),
    ]);
    expect(await advance([receipt('bob', 1, 0), receipt('ann', 3, 3)]), 'behind').to.deep.equal([]);
    expect(await advance([receipt('bob', 1, 1)])).to.deep.equal([receipt('bob', 2, 1)]);
    expect(await advance([receipt('bob', 3, 0), receipt('bob', 1, 2)]), 'both').to.deep.equal([receipt('bob', 3, 2)]);
    expect(await advance([receipt('bob', 99, 99)])).to.deep.equal([receipt('bob', 4, 4)]);
    expect(await advance([])).to.deep.equal([]);
  });

  it('keeps the furthest of many receipts that come on two nodes at once, in any order', async () => {
    const people = ['ann', 'bob', 'eve', 'dora'];
    const groups = [await stores().group(...people), await stores().group(...people)];
    for (const { conversationId } of groups) {
      await stores().say(conversationId, 'ann', ...Array.from({ length: 40 }, (_, index) => `${index}`));
    }
    const receipts = Array.from({ length: 40 }, (_, index) =>
      groups.flatMap(({ conversationId }) =>
        people.map((identity) => ({ conversationId, identity, deliveredSeq: index + 1, readSeq: index })),
      ),
    );
    const orders = receipts.map((batch, index) => (index % 2 === 0 ? batch : batch.toReversed()));
    await Promise.all(orders.map((batch, index) => stores().both[index % 2]!.members.advance(batch)));
    for (const { conversationId } of groups) {
      const { members } = await stores().one.members.list(conversationId);
      for (const member of members) expect(member).to.deep.include({ deliveredSeq: 40, readSeq: 39 });
    }
  });
}
