import { expect } from 'chai';
import type { Message, MessageContent } from '../../../protocol/messages.ts';
import type { ContractStores } from './ContractStores.ts';
import { draft, NOW, request } from './fixtures.ts';
/** What history, changes and search must tell, on every database. */
export function readingContract(stores: () => ContractStores): void {
  const seqsOf = (messages: Message[]) => messages.map(({ seq }) => seq);
  const deleted = (message: Message) => ({ ...message, content: null });

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
