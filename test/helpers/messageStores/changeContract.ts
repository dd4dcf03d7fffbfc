import { expect } from 'chai';
import fc from 'fast-check';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Message, MessageContent } from '../../../protocol/messages.ts';
import { uuidV7 } from '../../../server/base/uuidV7.ts';
import type { ContractStores } from './ContractStores.ts';
import { codeOf, draft, NOW, request } from './fixtures.ts';
/** What edits, deletions and reactions must do, on every database. */
export function changeContract(stores: () => ContractStores): void {
  const deleted = (message: Message) => ({ ...message, content: null });

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
    const [message] = await stores().synced(conversationId);
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
    expect((await stores().synced(conversationId)).at(-1)).to.deep.equal(expected);
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
}
