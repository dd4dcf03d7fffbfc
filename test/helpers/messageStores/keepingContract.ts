import { expect } from 'chai';
import type { AttachmentRow } from '../../../server/storage/messages/rows.ts';
import type { ContractStores } from './ContractStores.ts';
import { all, draft, nameOf, NOW, request, unique } from './fixtures.ts';

/** What retention and personal data must do, on every database. */
export function keepingContract(stores: () => ContractStores): void {
  const idsOf = (rows: AttachmentRow[]) => rows.map(({ attachmentId }) => attachmentId);

  it('removes what is older than a time, with its files, though two nodes do it at once', async () => {
    // Before all that other tests send.
    const sentAt = 1_000_000_000;
    const groups = [await stores().group('ann', 'bob'), await stores().group('ann', 'bob')];
    const file = await stores().readyFile(groups[0]!, 'ann');
    for (const [index, { conversationId }] of groups.entries()) {
      const drafts = Array.from({ length: 600 }, () => draft({ mentions: ['bob'] }));
      if (index === 0) drafts.push(draft({ content: file }));
      await stores().send(request(conversationId, 'ann', drafts, sentAt));
      await stores().send(request(conversationId, 'ann', [draft({ text: 'kept' })], sentAt + 1));
    }
    const steps = await Promise.all(stores().both.map(({ retention }) => all(retention.removeOlderThan(sentAt + 1))));
    const removed = steps.flat();
    expect(removed.reduce((sum, { messageCount }) => sum + messageCount, 0)).to.equal(1_201);
    expect(idsOf(removed.flatMap(({ attachments }) => attachments))).to.deep.equal([file.attachment.attachmentId]);
    expect(await stores().one.attachments.find(file.attachment.attachmentId)).to.equal(undefined);
    for (const { tenant, conversationId } of groups) {
      const [kept, ...others] = await stores().synced(conversationId);
      expect([kept!.content, others]).to.deep.equal([{ type: 'text', text: 'kept' }, []]);
      expect(
        await stores().one.conversations.own({ tenant, identity: 'bob' }, { counter: false }, conversationId),
      ).to.deep.include({
        unread: 1,
        mentioned: false,
      });
    }
    expect(await all(stores().one.retention.removeOlderThan(sentAt + 1))).to.deep.equal([]);
  });

  it('removes a conversation with all that is in it, and no other', async () => {
    const group = await stores().group('ann', 'bob');
    const { tenant, conversationId } = group;
    const other = await stores().groupIn(tenant, 'ann');
    await stores().say(other.conversationId, 'ann', 'kept');
    const files = [await stores().readyFile(group, 'ann'), await stores().readyFile(group, 'ann')];
    const drafts = Array.from({ length: 700 }, () => draft({ mentions: ['bob'] }));
    await stores().send(request(conversationId, 'ann', [...drafts, draft({ content: files[0]! })]));
    const steps = await all(stores().two.retention.removeConversation(conversationId));
    expect(steps.reduce((sum, { messageCount }) => sum + messageCount, 0)).to.equal(701);
    expect(idsOf(steps.flatMap(({ attachments }) => attachments))).to.have.members(
      files.map(({ attachment }) => attachment.attachmentId),
    );
    for (const table of ['conversations', 'members', 'messages', 'namedPeople', 'attachments'] as const) {
      const rows = await stores()
        .database.selectFrom(table)
        .select('conversationId')
        .where('conversationId', '=', conversationId)
        .execute();
      expect(rows, table).to.deep.equal([]);
    }
    expect(
      await stores().one.conversations.conversationIdsOf({ tenant, identity: 'ann' }, { counter: false }),
    ).to.deep.equal([other.conversationId]);
    expect(await stores().synced(other.conversationId)).to.have.length(1);
    const outcome = await stores().one.messages.append([request(conversationId, 'ann')]);
    expect(outcome[0]).to.have.property('code', 'conversationNotFound');
  });

  it('tells all that is kept of a person, and nothing of others', async () => {
    const group = await stores().group('ann', 'bob');
    const { tenant, ...conversation } = group;
    const stranger = await stores().group('ann');
    await stores().say(stranger.conversationId, 'ann', 'at another shop');
    const left = await stores().groupIn(tenant, 'ann', 'bob');
    const file = await stores().readyFile(group, 'ann');
    const drafts = Array.from({ length: 250 }, () => draft({ mentions: ['bob'] }));
    const { messages } = await stores().send(
      request(group.conversationId, 'ann', [...drafts, draft({ content: file })]),
    );
    await stores().say(group.conversationId, 'bob', 'of bob');
    const fromLeft = await stores().say(left.conversationId, 'ann', 'before I left');
    await stores().one.members.remove(left.conversationId, 'ann');
    const records = await all(stores().two.personalData.export({ tenant, identity: 'ann' }));
    expect(records.filter(({ type }) => type === 'membership')).to.deep.equal([
      {
        type: 'membership',
        conversation: { ...conversation, lastChange: 252 },
        member: { identity: 'ann', name: nameOf('ann'), role: 'host', joinedAt: NOW, deliveredSeq: 0, readSeq: 0 },
      },
    ]);
    const told = records.flatMap((record) => (record.type === 'message' ? [record.message] : []));
    expect(told).to.have.deep.members([...messages, ...fromLeft]);
    const files = records.flatMap((record) => (record.type === 'attachment' ? [record.attachment] : []));
    expect(idsOf(files)).to.deep.equal([file.attachment.attachmentId]);
    expect(await all(stores().one.personalData.export({ tenant, identity: 'nobody' }))).to.deep.equal([]);
  });

  it('forgets a person, so that nothing names them any more, and tells members of it by changes', async () => {
    const identity = `ann-${unique()}`;
    const group = await stores().group(identity, 'bob');
    const { tenant, conversationId } = group;
    const shop = await stores().one.conversations.ensure(
      { tenant, kind: 'shop', customer: identity, title: nameOf(identity) },
      NOW,
    );
    const elsewhere = await stores().group(identity);
    await stores().say(elsewhere.conversationId, identity, 'at another shop');
    const files = [await stores().readyFile(group, identity), await stores().readyFile(group, identity)];
    const drafts = Array.from({ length: 250 }, () => draft({ text: 'mine', mentions: ['bob'] }));
    await stores().send(request(conversationId, identity, [...drafts, draft({ content: files[0]! })]));
    await stores().say(shop.conversationId, identity, 'a question');
    const { messages: ofBob } = await stores().send(
      request(conversationId, 'bob', [draft({ text: 'hers', mentions: [identity, 'eve'] }), draft({ text: 'his' })]),
    );
    await stores().one.messages.change(conversationId, ofBob[1]!.seq, (message) => ({
      ...message,
      reactions: [
        { emoji: '🍵', identities: [identity] },
        { emoji: '👍', identities: ['eve', identity] },
      ],
    }));
    const { lastChange } = (await stores().one.conversations.find(tenant, conversationId))!;
    const steps = await all(stores().one.personalData.forget({ tenant, identity }));
    expect(steps.filter(({ type }) => type === 'membership')).to.deep.equal([
      { type: 'membership', conversationId, memberCount: 1 },
    ]);
    const attachments = steps.flatMap((step) => (step.type === 'membership' ? [] : step.attachments));
    expect(idsOf(attachments)).to.have.members(files.map(({ attachment }) => attachment.attachmentId));
    const stored = await stores().synced(conversationId);
    const told = steps.flatMap((step) => (step.type === 'messages' ? step.messages : []));
    expect(told.filter((message) => message.conversationId === conversationId)).to.have.deep.members(stored);
    expect(Math.min(...stored.map(({ change }) => change))).to.equal(lastChange + 1);
    const byPlace = new Map(stored.map((message) => [message.seq, message]));
    const [hers, his] = ofBob.map(({ seq }) => byPlace.get(seq)!);
    expect(hers).to.deep.include({ content: { type: 'text', text: 'hers' }, mentions: ['eve'] });
    expect(his!.reactions).to.deep.equal([{ emoji: '👍', identities: ['eve'] }]);
    const theirs = stored.filter(({ from }) => from.identity !== 'bob');
    expect(theirs).to.have.length(251);
    for (const { content, from, mentions } of theirs)
      expect([content, from.name, mentions]).to.deep.equal([null, '', []]);
    for (const table of ['conversations', 'members', 'messages', 'namedPeople', 'attachments'] as const) {
      const rows = await stores().database.selectFrom(table).selectAll().execute();
      const ofShop = rows.filter((row) => row.conversationId !== elsewhere.conversationId);
      expect(JSON.stringify(ofShop), table).to.not.include(identity);
    }
    expect(await all(stores().one.personalData.export({ tenant, identity }))).to.deep.equal([]);
    const [kept] = await stores().synced(elsewhere.conversationId);
    expect(kept!.content).to.deep.equal({ type: 'text', text: 'at another shop' });
  });
}
