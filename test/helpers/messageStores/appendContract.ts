import { expect } from 'chai';
import fc from 'fast-check';
import type { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Message, MessageContent } from '../../../protocol/messages.ts';
import { uuidV7 } from '../../../server/base/uuidV7.ts';
import type { Appended } from '../../../server/storage/messages/appendMessages.ts';
import type { ContractStores } from './ContractStores.ts';
import { draft, nameOf, NOW, request, unique } from './fixtures.ts';
/** What sending must do, on every database. */
export function appendContract(stores: () => ContractStores): void {
  const seqsOf = (messages: Message[]) => messages.map(({ seq }) => seq);

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
    const anyText = fc.string({ unit: 'binary', maxLength: 60 });
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
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 10 }), async (contents) => {
        const drafts = contents.map((item) => draft({ content: item }));
        const { messages } = await stores().send(request(conversationId, 'ann', drafts));
        expect(messages.map((message) => message.content)).to.deep.equal(contents);
        const stored = await stores().synced(conversationId, messages[0]!.seq - 1);
        expect(stored).to.deep.equal(messages);
      }),
      { numRuns: 10 },
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
}
