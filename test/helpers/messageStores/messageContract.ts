import { expect } from 'chai';
import fc from 'fast-check';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Message, MessageContent } from '../../../protocol/messages.ts';
import { uuidV7 } from '../../../server/base/uuidV7.ts';
import type { Appended } from '../../../server/storage/messages/appendMessages.ts';
import { codeOf, draft, nameOf, newFile, NOW, request, unique, type ContractStores } from './ContractStores.ts';

/** What messages must do, on every database. */
export function messageContract(stores: () => ContractStores): void {
  const seqsOf = (messages: Message[]) => messages.map(({ seq }) => seq);
  const deleted = (message: Message) => ({ ...message, content: null });

  it('gives messages their numbers in the order in which they were sent, and says what was before them', async () => {
    const { conversationId } = await stores().group('ann', 'bob');
    const first = await stores().send(request(conversationId, 'ann', [draft({ text: 'one' }), draft({ text: 'two' })]));
    expect(first.previous).to.equal(0);
    expect(first.added).to.deep.equal(first.messages);
    expect(seqsOf(first.messages)).to.deep.equal([1, 2]);
    const reply = draft({ text: '三', replyTo: 1, mentions: ['ann', 'eve'] });
    const second = await stores().send(request(conversationId, 'bob', [reply], NOW + 7), stores().two);
    expect(second).to.deep.include({ previous: 2 });
    expect(second.messages).to.deep.equal([
      {
        ...reply,
        conversationId,
        seq: 3,
        change: 3,
        from: { identity: 'bob', name: nameOf('bob') },
        sentAt: NOW + 7,
        editedAt: null,
        reactions: [],
      },
    ]);
    expect(await stores().synced(conversationId)).to.deep.equal([...first.messages, ...second.messages]);
  });

  it('gives back what it was given, whatever is in it', async () => {
    const { conversationId } = await stores().group('ann');
    const anyText = fc.string({ unit: 'binary', maxLength: 200 });
    const content: fc.Arbitrary<MessageContent> = fc.oneof(
      fc.record({ type: fc.constant('text' as const), text: fc.oneof(anyText, fc.constant('\0 \ud800 👨‍👩‍👧 \\ %_')) }),
      fc.record({
        type: fc.constant('card' as const),
        card: fc.record({
          kind: fc.constant('guide' as const),
          title: anyText,
          teas: fc.array(fc.record({ name: anyText, note: anyText }), { maxLength: 3 }),
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 20 }), async (contents) => {
        const drafts = contents.map((item) => draft({ content: item }));
        const { messages } = await stores().send(request(conversationId, 'ann', drafts));
        expect(messages.map((message) => message.content)).to.deep.equal(contents);
        const stored = await stores().synced(conversationId, messages[0]!.seq - 1);
        expect(stored).to.deep.equal(messages);
      }),
      { numRuns: 25 },
    );
  });

  it('stores what is sent again once, and answers it as it is now', async () => {
    const { conversationId } = await stores().group('ann', 'bob');
    const [one, two, three] = [draft(), draft(), draft()];
    const first = await stores().send(request(conversationId, 'ann', [one, two]));
    const again = await stores().send(request(conversationId, 'ann', [one, two], NOW + 9), stores().two);
    expect(again).to.deep.equal({ previous: 2, messages: first.messages, added: [] });
    const edited = await stores().one.messages.change(conversationId, 1, (message) => ({
      ...message,
      content: { type: 'text', text: 'other' },
      editedAt: NOW + 1,
    }));
    const mixed = await stores().send(request(conversationId, 'ann', [one, three, two]));
    expect(mixed.messages[0]).to.deep.equal(edited.message);
    expect(mixed.messages[2]).to.deep.equal(first.messages[1]);
    expect(mixed.added).to.deep.equal([mixed.messages[1]]);
    expect(mixed.previous).to.equal(3);
    expect(mixed.added[0]!.seq).to.be.above(3);
    const others = await stores().send(request(conversationId, 'bob', [one]));
    expect(others.added, 'another person has numbers of their own').to.have.length(1);
    expect(await stores().synced(conversationId)).to.have.length(4);
  });

  it('stores many requests of many conversations at once, each as if it were alone', async () => {
    const groups = [await stores().group('ann', 'bob'), await stores().group('ann'), await stores().group('bob')];
    const ids = groups.map(({ conversationId }) => conversationId);
    const twice = request(ids[0]!, 'ann', [draft(), draft()]);
    const outcomes = await stores().one.messages.append([
      request(ids[2]!, 'bob', [draft(), draft(), draft()]),
      twice,
      request(uuidV7(NOW), 'ann'),
      request(ids[1]!, 'ann', [draft()], NOW + 60),
      twice,
      request(ids[0]!, 'bob', [draft()], NOW + 50),
      request(ids[0]!, 'ann', [draft()], NOW + 40),
    ]);
    const [, first, nowhere, , again] = outcomes;
    expect((nowhere as ChaxiError).code).to.equal('conversationNotFound');
    expect(again).to.deep.equal({ previous: 2, messages: (first as Appended).messages, added: [] });
    const kept = outcomes.filter((outcome) => outcome !== nowhere) as Appended[];
    expect(kept.map(({ previous }) => previous)).to.deep.equal([0, 0, 0, 2, 2, kept[4]!.messages[0]!.seq]);
    for (const group of groups) {
      const { conversationId, tenant } = group;
      const added = kept
        .flatMap((outcome) => outcome.added)
        .filter((message) => message.conversationId === conversationId);
      expect(await stores().synced(conversationId)).to.deep.equal(added);
      expect(await stores().two.conversations.find(tenant, conversationId)).to.deep.include({
        lastChange: added.at(-1)!.seq,
        activeAt: Math.max(...added.map(({ sentAt }) => sentAt)),
      });
    }
    expect(await stores().one.messages.append([])).to.deep.equal([]);
  });

  it('never gives a number twice and stores nothing twice, though two nodes store the same at the same moment', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            node: fc.nat({ max: 1 }),
            sender: fc.constantFrom('ann', 'bob'),
            from: fc.nat({ max: 12 }),
            count: fc.integer({ min: 1, max: 6 }),
          }),
          { minLength: 6, maxLength: 16 },
        ),
        async (batches) => {
          const { conversationId } = await stores().group('ann', 'bob');
          const device = unique();
          const outcomes = await Promise.all(
            batches.map(({ node, sender, from, count }) => {
              const drafts = Array.from({ length: count }, (_, index) =>
                draft({ clientId: `device-${device}-${sender}:${from + index}`, text: `${sender} ${from + index}` }),
              );
              return stores().send(request(conversationId, sender, drafts), stores().both[node]!);
            }),
          );
          const stored = await stores().synced(conversationId, 0, 7);
          const origins = stored.map(({ clientId, from }) => `${from.identity} ${clientId}`);
          expect(new Set(origins).size, 'each once').to.equal(stored.length);
          expect(new Set(seqsOf(stored)).size, 'numbers').to.equal(stored.length);
          const added = outcomes.flatMap((outcome) => outcome.added);
          expect(
            added.toSorted((a, b) => a.seq - b.seq),
            'new to one alone',
          ).to.deep.equal(stored);
          for (const { messages } of outcomes) {
            for (const message of messages) expect(stored).to.deep.include(message);
          }
          // What everyone else is told has no gap that is not seen: each begins where another ended.
          const ends = new Map(
            outcomes.filter((item) => item.added.length > 0).map((item) => [item.previous, item.added.at(-1)!.seq]),
          );
          let last = 0;
          while (ends.has(last)) last = ends.get(last)!;
          expect(last).to.equal(stored.at(-1)!.seq);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('lets whoever comes back at any time have what everyone has, whatever two nodes do at once', async () => {
    const action = fc.record({
      node: fc.nat({ max: 1 }),
      kind: fc.constantFrom('send', 'send', 'edit', 'react', 'delete', 'sync'),
      at: fc.nat({ max: 9 }),
      limit: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 10, maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        async (actions, width) => {
          const { conversationId } = await stores().group('ann', 'bob');
          await stores().say(conversationId, 'ann', ...Array.from({ length: 5 }, (_, index) => `${index}`));
          const known = new Map<number, Message>();
          let after = 0;
          const sync = async (limit: number) => {
            const page = await stores().two.messages.sync(conversationId, { after, limit });
            for (const message of page.messages) known.set(message.seq, message);
            after = page.messages.at(-1)?.change ?? after;
            return page.more;
          };
          const changes: number[] = [];
          const run = async ({ node, kind, at, limit }: (typeof actions)[number]) => {
            const { messages } = stores().both[node]!;
            if (kind === 'sync') return;
            if (kind === 'send') {
              const { added } = await stores().send(request(conversationId, 'bob'), stores().both[node]!);
              changes.push(...added.map(({ change }) => change));
              return;
            }
            const changed = await messages.change(conversationId, (at % 5) + 1, (message) => {
              if (message.content === null) return null;
              if (kind === 'delete') return deleted(message);
              if (kind === 'edit')
                return { ...message, content: { type: 'text', text: `edit ${limit}` }, editedAt: NOW };
              return { ...message, reactions: [...message.reactions, { emoji: '🍵', identities: [`p${at}`] }] };
            });
            changes.push(...changed.messages.map(({ change }) => change));
          };
          for (let first = 0; first < actions.length; first += width) {
            const group = actions.slice(first, first + width);
            await Promise.all(group.map(run));
            for (const { kind, limit } of group) if (kind === 'sync') await sync(limit);
          }
          while (await sync(3));
          expect(new Set(changes).size, 'each number once').to.equal(changes.length);
          const { messages } = await stores().one.messages.history(conversationId);
          expect([...known.values()].toSorted((a, b) => b.seq - a.seq)).to.deep.equal(messages);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('loses no change of one message that two nodes change at once', async () => {
    const { conversationId } = await stores().group('ann');
    await stores().say(conversationId, 'ann', 'tea');
    const people = Array.from({ length: 20 }, (_, index) => `p${index}`);
    await Promise.all(
      people.map((identity, index) =>
        stores().both[index % 2]!.messages.change(conversationId, 1, (message) => ({
          ...message,
          reactions: [{ emoji: '🍵', identities: [...(message.reactions[0]?.identities ?? []), identity] }],
        })),
      ),
    );
    const message = await stores().one.messages.find(conversationId, 1);
    expect(message!.reactions[0]!.identities).to.have.members(people);
    expect(message!.change).to.equal(21);
  });

  it('gives a change the next number, and none where there is nothing to change', async () => {
    const { tenant, conversationId } = await stores().group('ann', 'bob');
    const [first] = await stores().say(conversationId, 'ann', 'one', 'two');
    const { messages } = stores().one;
    const content: MessageContent = { type: 'text', text: 'eins' };
    const expected = { ...first!, content, editedAt: NOW + 1, mentions: ['bob'], change: 3 };
    expect(
      await messages.change(conversationId, 1, (message) => ({
        ...message,
        content,
        editedAt: NOW + 1,
        mentions: ['bob'],
      })),
    ).to.deep.equal({ conversationId, previous: 2, messages: [expected], attachments: [], message: expected });
    expect(await messages.find(conversationId, 1)).to.deep.equal(expected);
    expect(await messages.change(conversationId, 1, () => null)).to.deep.equal({
      conversationId,
      previous: 3,
      messages: [],
      attachments: [],
      message: expected,
    });
    expect(await stores().one.conversations.find(tenant, conversationId)).to.deep.include({
      lastChange: 3,
      activeAt: NOW,
    });
    expect((await stores().say(conversationId, 'ann', 'three'))[0]!.seq).to.equal(4);
  });

  it('refuses a change of what there is not, and passes on what the change itself refuses', async () => {
    const { conversationId } = await stores().group('ann');
    await stores().say(conversationId, 'ann', 'one');
    const { messages } = stores().one;
    expect(await codeOf(messages.change(conversationId, 2, deleted))).to.equal('messageNotFound');
    expect(await codeOf(messages.change(uuidV7(NOW), 1, deleted))).to.equal('conversationNotFound');
    const refuse = () => {
      throw new ChaxiError('notAllowed');
    };
    expect(await codeOf(messages.change(conversationId, 1, refuse))).to.equal('notAllowed');
    expect((await stores().say(conversationId, 'ann', 'two'))[0]!.seq, 'no number was taken').to.equal(2);
  });

  it('leaves nothing of what is deleted for all but its place', async () => {
    const { tenant, conversationId } = await stores().group('ann', 'bob');
    const { messages: sent } = await stores().send(
      request(conversationId, 'ann', [draft({ text: 'secret', mentions: ['bob'] })]),
    );
    const { messages } = stores().one;
    await messages.change(conversationId, 1, (message) => ({
      ...message,
      reactions: [{ emoji: '🍵', identities: ['bob'] }],
    }));
    const { message } = await messages.change(conversationId, 1, deleted);
    expect(message).to.deep.equal({ ...sent[0]!, content: null, change: 3, mentions: [], reactions: [] });
    const rows = await stores()
      .database.selectFrom('messages')
      .selectAll()
      .where('conversationId', '=', conversationId)
      .execute();
    expect(JSON.stringify(rows)).to.not.include('secret').and.not.include('bob');
    const found = await messages.search({ tenant, identity: 'ann' }, { counter: false }, 'secret');
    expect(found.messages).to.deep.equal([]);
  });

  it('tells the past in pages, the latest first', async () => {
    const { conversationId } = await stores().group('ann');
    const sent = await stores().say(conversationId, 'ann', ...Array.from({ length: 25 }, (_, index) => `${index}`));
    for (const limit of [1, 7, 25, 100]) {
      const told: Message[] = [];
      for (let more = true; more;) {
        const before = told.at(-1)?.seq;
        const page = await stores().two.messages.history(conversationId, { limit, ...(before && { before }) });
        told.push(...page.messages);
        ({ more } = page);
      }
      expect(told, `${limit} at once`).to.deep.equal(sent.toReversed());
    }
    expect(await stores().one.messages.history(conversationId, { before: 1 })).to.deep.equal({
      messages: [],
      more: false,
    });
  });

  it('tells what changed in the order of changes, each message once, as it is now', async () => {
    const { conversationId } = await stores().group('ann');
    await stores().say(conversationId, 'ann', 'one', 'two', 'three');
    await stores().one.messages.change(conversationId, 1, deleted);
    expect(seqsOf(await stores().synced(conversationId, 0, 2))).to.deep.equal([2, 3, 1]);
    expect(seqsOf(await stores().synced(conversationId, 3))).to.deep.equal([1]);
    expect(await stores().two.messages.sync(conversationId, { after: 4 })).to.deep.equal({ messages: [], more: false });
  });

  it('sends a file once, and only one that is ready, of the sender and of the conversation', async () => {
    const group = await stores().group('ann', 'bob');
    const { conversationId } = group;
    const other = await stores().groupIn(group.tenant, 'ann');
    const uploading = await stores().one.attachments.create(newFile(group, 'ann'));
    const file = await stores().readyFile(group, 'ann');
    const sendable = draft({ content: file });
    const sent = await stores().send(request(conversationId, 'ann', [sendable]));
    expect(sent.messages[0]!.content).to.deep.equal(file);
    const [ofBob, elsewhere] = [await stores().readyFile(group, 'bob'), await stores().readyFile(other, 'ann')];
    const fresh = await stores().readyFile(group, 'ann');
    const notReady: MessageContent = {
      ...file,
      attachment: { ...file.attachment, attachmentId: uploading.attachmentId },
    };
    for (const content of [file, ofBob, elsewhere, notReady]) {
      const asked = request(conversationId, 'ann', [draft(), draft({ content: fresh }), draft({ content })]);
      const [refused, kept] = await stores().one.messages.append([asked, request(conversationId, 'bob')]);
      expect((refused as ChaxiError).code).to.equal('attachmentNotFound');
      expect((kept as Appended).added, 'others have theirs').to.have.length(1);
    }
    expect((await stores().send(request(conversationId, 'ann', [draft({ content: fresh })]))).added).to.have.length(1);
    const again = await stores().send(request(conversationId, 'ann', [sendable]), stores().two);
    expect(again).to.deep.include({ messages: sent.messages, added: [] });
    const stored = await stores().synced(conversationId);
    expect(stored.filter(({ from }) => from.identity === 'ann')).to.have.length(2);
    expect((await stores().one.attachments.find(file.attachment.attachmentId))!.messageSeq).to.equal(
      sent.messages[0]!.seq,
    );
  });

  it('refuses all of two requests that have one file, but one of them', async () => {
    const group = await stores().group('ann');
    const content = await stores().readyFile(group, 'ann');
    const asked = Array.from({ length: 6 }, () => request(group.conversationId, 'ann', [draft({ content })]));
    const outcomes = await Promise.all(
      asked.map(async (item, index) => (await stores().both[index % 2]!.messages.append([item, item]))[0]),
    );
    expect(outcomes.filter((outcome) => !(outcome instanceof ChaxiError))).to.have.length(1);
    expect(await stores().synced(group.conversationId)).to.have.length(1);
  });

  it('gives the file of a message that is deleted back, and keeps it through other changes', async () => {
    const group = await stores().group('ann');
    const content = await stores().readyFile(group, 'ann');
    const { messages } = await stores().send(request(group.conversationId, 'ann', [draft({ content })]));
    const { seq } = messages[0]!;
    const { attachmentId } = content.attachment;
    const edited = await stores().one.messages.change(group.conversationId, seq, (message) => ({
      ...message,
      content: { ...content, text: 'look' },
    }));
    expect(edited.attachments).to.deep.equal([]);
    const { attachments } = await stores().one.messages.change(group.conversationId, seq, deleted);
    expect(attachments.map((row) => row.attachmentId)).to.deep.equal([attachmentId]);
    expect(await stores().one.attachments.find(attachmentId)).to.equal(undefined);
  });

  it('finds messages by all their words, in whatever case and width, and parts of Chinese ones', async () => {
    const { tenant, conversationId } = await stores().group('ann');
    const texts = ['Green TEA, 100% pure', '铁观音乌龙茶', 'ｏｏｌｏｎｇ file_name', 'a\\b', 'Ünlü Straße'];
    await stores().say(conversationId, 'ann', ...texts);
    const find = async (query: string) => {
      const { messages } = await stores().two.messages.search({ tenant, identity: 'ann' }, { counter: false }, query);
      return messages.map(({ seq }) => seq);
    };
    for (const [query, expected] of [
      ['tea', [1]],
      ['  pure\ngrEEN ', [1]],
      ['green oolong', []],
      ['观音', [2]],
      ['龙茶 铁', [2]],
      ['OOLONG', [3]],
      ['100%', [1]],
      ['0%e', []],
      ['%', [1]],
      ['_', [3]],
      ['e_n', [3]],
      ['e_N', [3]],
      ['leXname', []],
      ['\\', [4]],
      ['ünlÜ', [5]],
      ['\0', []],
      [' ', []],
      ["'; drop table messages;--", []],
    ] as const) {
      expect(await find(query), JSON.stringify(query)).to.deep.equal(expected);
    }
    await stores().one.messages.change(conversationId, 2, (message) => ({
      ...message,
      content: { type: 'text', text: '龙井' },
    }));
    expect([await find('观音'), await find('龙井')]).to.deep.equal([[], [2]]);
  });

  it('finds names of files and what is on cards', async () => {
    const group = await stores().group('ann');
    const file = await stores().readyFile(group, 'ann', { name: 'Prices 2026.PDF' });
    const guide: MessageContent = {
      type: 'card',
      card: { kind: 'guide', title: 'Evening', teas: [{ name: 'Tieguanyin', note: 'orchid' }] },
    };
    await stores().send(request(group.conversationId, 'ann', [draft({ content: file }), draft({ content: guide })]));
    const person = { tenant: group.tenant, identity: 'ann' };
    for (const [query, expected] of [
      ['prices pdf', [1]],
      ['ORCHID evening', [2]],
    ] as const) {
      const { messages } = await stores().one.messages.search(person, { counter: false }, query);
      expect(seqsOf(messages), query).to.deep.equal(expected);
    }
  });

  it('finds only what the person may read, in pages over all conversations, the latest first', async () => {
    const first = await stores().group('ann', 'bob');
    const { tenant } = first;
    const second = await stores().groupIn(tenant, 'ann');
    const hidden = await stores().groupIn(tenant, 'bob');
    const shop = await stores().one.conversations.ensure({ tenant, kind: 'shop', customer: 'eve', title: 'Eve' }, NOW);
    const sent: Message[] = [];
    for (const [index, { conversationId }] of [first, hidden, second, first, shop, second].entries()) {
      const text = index === 3 ? 'nothing' : 'needle';
      // Two share each moment.
      const moment = NOW + Math.floor(index / 2);
      sent.push(...(await stores().send(request(conversationId, 'ann', [draft({ text })], moment))).messages);
    }
    const search = async (identity: string, counter: boolean, conversationId?: string) => {
      const found: Message[] = [];
      for (let more = true; more;) {
        const before = found.at(-1);
        const page = await stores().one.messages.search({ tenant, identity }, { counter }, 'needle', {
          limit: 1,
          ...(before && { before }),
          ...(conversationId !== undefined && { conversationId }),
        });
        found.push(...page.messages);
        ({ more } = page);
      }
      return found.map((message) =>
        sent.findIndex((one) => one.conversationId === message.conversationId && one.seq === message.seq),
      );
    };
    expect(await search('ann', false)).to.deep.equal([5, 2, 0]);
    expect(await search('ann', true), 'at the counter').to.have.members([4, 5, 2, 0]);
    expect(await search('ann', false, second.conversationId)).to.deep.equal([5, 2]);
    expect(await search('ann', false, hidden.conversationId)).to.deep.equal([]);
    expect(await search('stranger', false)).to.deep.equal([]);
  });

  it('shows a message whose row is damaged as a deleted one, and all others', async () => {
    const { tenant, conversationId } = await stores().group('ann', 'bob');
    await stores().say(conversationId, 'ann', 'one', 'two', 'three');
    await stores()
      .database.updateTable('messages')
      .set({ content: '{"type":', mentions: 'no', reactions: '[' })
      .where('conversationId', '=', conversationId)
      .where('seq', '=', 2)
      .execute();
    const { messages } = await stores().one.messages.history(conversationId);
    expect(messages.map(({ content }) => content && 'text' in content && content.text)).to.deep.equal([
      'three',
      null,
      'one',
    ]);
    expect(messages[1]).to.deep.include({ mentions: [], reactions: [] });
    const found = await stores().one.messages.search({ tenant, identity: 'bob' }, { counter: false }, 'two');
    expect(seqsOf(found.messages)).to.deep.equal([2]);
    const { message } = await stores().one.messages.change(conversationId, 2, deleted);
    expect(message.content).to.equal(null);
  });
}
