import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { uploadAttachment } from '../../client-sdk/src/messaging/uploads/uploadAttachment.ts';
import type { AttachmentUpload, UploadTicket } from '../../client-sdk/src/messaging/uploads/AttachmentUpload.ts';
import { AttachmentNode, tusHeaders } from '../helpers/AttachmentNode.ts';
import { webmFile } from '../helpers/sampleFiles.ts';
import { TcpProxy } from '../helpers/TcpProxy.ts';

/** What both the SDK takes for a Blob, and tus-js-client in Node.js for a Buffer. */
function fileOf(bytes: Buffer): Blob {
  return Object.assign(Buffer.from(bytes), { size: bytes.length, type: 'audio/webm' }) as unknown as Blob;
}

describe('the SDK uploads a file', () => {
  const sound = webmFile(['A_OPUS'], 5_000_000);
  let node: AttachmentNode;

  before(async () => (node = await AttachmentNode.start()));
  after(() => node.close());

  /** One attempt, and what it told. */
  async function attempt(bytes: Buffer, options: Partial<AttachmentUpload> = {}) {
    const { person, conversationId } = await node.converse();
    const tickets: UploadTicket[] = [];
    const progress: number[] = [];
    const aborter = new AbortController();
    const result = uploadAttachment({
      conversationId,
      blob: fileOf(bytes),
      name: 'voice.webm',
      serverUrl: node.url,
      ticket: null,
      createAttachment: (request) => node.desk.createAttachment(person, conversationId, request),
      keepTicket: async (ticket) => void tickets.push(ticket),
      progressed: (sentBytes) => progress.push(sentBytes),
      signal: aborter.signal,
      ...options,
    }).catch((error: { code: string }) => error.code);
    return { result, tickets, progress, aborter };
  }
  const stateOf = async (attachmentId: string) => (await node.storage.messaging.attachments.find(attachmentId))?.state;

  it('whole, telling how far it has come, after its ticket was kept', async () => {
    const { result, tickets, progress } = await attempt(sound);
    const attachmentId = await result;
    expect(tickets.map((ticket) => ticket.attachmentId)).to.deep.equal([attachmentId]);
    expect(await stateOf(attachmentId)).to.equal('ready');
    expect(progress.at(-1)).to.equal(sound.length);
    expect(progress).to.deep.equal(progress.toSorted((a, b) => a - b));
  });

  it('from where an attempt before it was cut', async () => {
    const { ticket } = await node.begin(sound.length);
    await node.patch(ticket, sound.subarray(0, 3_000_000));
    const { result, tickets, progress } = await attempt(sound, { ticket });
    expect(await result).to.equal(ticket.attachmentId);
    expect([tickets, progress[0]! >= 3_000_000]).to.deep.equal([[], true]);
    expect(await stateOf(ticket.attachmentId)).to.equal('ready');
    const again = await attempt(sound, { ticket });
    expect(await again.result, 'all of it is there').to.equal(ticket.attachmentId);
  });

  it('anew where the server does not know its ticket any more', async () => {
    const { ticket } = await node.begin(sound.length);
    await fetch(node.url + ticket.path, { method: 'DELETE', headers: tusHeaders(ticket) });
    const { result, tickets } = await attempt(sound, { ticket });
    expect(await result)
      .to.equal(tickets[0]?.attachmentId)
      .and.not.equal(ticket.attachmentId);
  });

  it('over a connection that is cut again and again', async () => {
    const proxy = await TcpProxy.start(node.url);
    try {
      let cuts = 0;
      const { result } = await attempt(sound, {
        serverUrl: proxy.url,
        progressed: (sentBytes) => {
          if (sentBytes < (cuts + 1) * 1_000_000 || cuts === 4) return;
          cuts += 1;
          proxy.cut();
        },
      });
      const attachmentId = await result;
      expect(await stateOf(attachmentId)).to.equal('ready');
      expect((await readFile(join(node.folder, `${attachmentId}.file`))).equals(sound)).to.equal(true);
      expect(cuts).to.equal(4);
    } finally {
      await proxy.close();
    }
  });

  it('and says why it is refused', async () => {
    expect(await (await attempt(Buffer.from('<svg/>'))).result).to.equal('fileNotSupported');
    expect(await (await attempt(Buffer.alloc(100), { serverUrl: 'http://127.0.0.1:9' })).result).to.equal(
      'serverUnreachable',
    );
  });

  it('until it is aborted', async () => {
    const { ticket } = await node.begin(sound.length);
    const aborter = new AbortController();
    const { result } = await attempt(sound, { ticket, signal: aborter.signal, progressed: () => aborter.abort() });
    expect(await result).to.equal('serverUnreachable');
    expect(await stateOf(ticket.attachmentId)).to.equal('uploading');
  });
});
