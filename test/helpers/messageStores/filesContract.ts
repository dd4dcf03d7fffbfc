import { expect } from 'chai';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Message, MessageContent } from '../../../protocol/messages.ts';
import { uuidV7 } from '../../../server/base/uuidV7.ts';
import type { Appended } from '../../../server/storage/messages/appendMessages.ts';
import type { AttachmentRow } from '../../../server/storage/messages/rows.ts';
import type { ContractStores } from './ContractStores.ts';
import { draft, newFile, NOW, request } from './fixtures.ts';

/** What files that are sent must do, on every database. */
export function filesContract(stores: () => ContractStores): void {
  const idsOf = (rows: AttachmentRow[]) => rows.map(({ attachmentId }) => attachmentId);
  const facts = { mimeType: 'image/webp', width: 4, height: 3, hasPreview: true };
  const deleted = (message: Message) => ({ ...message, content: null });

  it('knows of a file what it was told, before and after its upload', async () => {
    const group = await stores().group('ann');
    const { attachments } = stores().one;
    const asked = newFile(group, 'ann', { name: '茶\0🍵.webp', nodeId: 'node-1' });
    const created = await attachments.create(asked);
    const expected: AttachmentRow = {
      ...asked,
      name: '茶🍵.webp',
      mimeType: null,
      width: null,
      height: null,
      hasPreview: 0,
      state: 'uploading',
      messageSeq: null,
    };
    expect(created).to.deep.equal(expected);
    expect(await stores().two.attachments.find(asked.attachmentId)).to.deep.equal(expected);
    const readyOf = async (conversationId: string, uploader: string) => [
      ...(await attachments.readyOf(conversationId, uploader, [asked.attachmentId, uuidV7(NOW)])).values(),
    ];
    expect(await readyOf(group.conversationId, 'ann'), 'before its end').to.deep.equal([]);
    const finished = await attachments.finish(asked.attachmentId, facts);
    expect(finished).to.deep.equal({ ...expected, ...facts, hasPreview: 1, state: 'ready' });
    const { attachmentId, sizeBytes } = asked;
    expect(await readyOf(group.conversationId, 'ann')).to.deep.equal([
      { attachmentId, sizeBytes, name: '茶🍵.webp', ...facts },
    ]);
    expect(await readyOf(group.conversationId, 'bob')).to.deep.equal([]);
    expect(await readyOf(uuidV7(NOW), 'ann')).to.deep.equal([]);
    expect(await attachments.readyOf(group.conversationId, 'ann', [])).to.be.empty;
  });

  it('sums the bytes of a tenant', async () => {
    const group = await stores().group('ann');
    const { attachments } = stores().one;
    expect(await attachments.bytesOf(group.tenant)).to.equal(0);
    for (const sizeBytes of [2 ** 40, 1, 20]) await attachments.create(newFile(group, 'ann', { sizeBytes }));
    expect(await attachments.bytesOf(group.tenant)).to.equal(2 ** 40 + 21);
  });

  it('finds files that were not sent in time, and removes them once, but never one that was sent', async () => {
    const group = await stores().group('ann');
    // Before all that other tests make.
    const createdAt = 1_000_000_000;
    const sent = await stores().readyFile(group, 'ann', { createdAt });
    await stores().send(request(group.conversationId, 'ann', [draft({ content: sent })]));
    const uploading = await stores().one.attachments.create(newFile(group, 'ann', { createdAt: createdAt + 1 }));
    const ready = await stores().readyFile(group, 'ann', { createdAt });
    const unsent = async (beforeMs: number, limit = 9) => idsOf(await stores().two.attachments.unsent(beforeMs, limit));
    const expected = [ready.attachment.attachmentId, uploading.attachmentId];
    expect(await unsent(createdAt + 2)).to.deep.equal(expected);
    expect(await unsent(createdAt + 2, 1)).to.deep.equal(expected.slice(0, 1));
    expect(await unsent(createdAt + 1)).to.deep.equal(expected.slice(0, 1));
    const { attachments } = stores().one;
    expect(await attachments.removeUnsent(sent.attachment.attachmentId)).to.equal(undefined);
    for (const attachmentId of expected) {
      expect((await attachments.removeUnsent(attachmentId))?.attachmentId).to.equal(attachmentId);
      expect(await attachments.removeUnsent(attachmentId)).to.equal(undefined);
    }
    expect(await attachments.finish(uploading.attachmentId, facts)).to.equal(undefined);
    const ids = [...expected, sent.attachment.attachmentId, ...Array.from({ length: 1_500 }, () => uuidV7(NOW))];
    expect(await attachments.existing(ids)).to.deep.equal(new Set([sent.attachment.attachmentId]));
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
}
