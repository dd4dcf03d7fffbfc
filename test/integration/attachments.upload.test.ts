import { expect } from 'chai';
import { once } from 'node:events';
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type ClientRequest } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Upload } from 'tus-js-client';
import { limits } from '../../protocol/limits.ts';
import { AttachmentNode, tusHeaders, type Ticket } from '../helpers/AttachmentNode.ts';
import { jpegPicture, pngPicture } from '../helpers/pictures.ts';
import { webmFile, zipFile } from '../helpers/sampleFiles.ts';
import { waitFor } from '../helpers/waitFor.ts';

const MAX_FILE_BYTES = 1_000_000;

describe('the upload of an attachment', () => {
  let node: AttachmentNode;

  before(async () => (node = await AttachmentNode.start({ messages: { maxFileBytes: MAX_FILE_BYTES } })));
  after(() => node.close());

  const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
  const answerOf = async (response: Response) => [response.status, await codeOf(response)];
  const isKept = async ({ attachmentId }: Ticket) =>
    (await readdir(node.folder)).some((name) => name.startsWith(attachmentId));
  const stored = ({ attachmentId }: Ticket) => readFile(join(node.folder, `${attachmentId}.file`));
  const rowOf = ({ attachmentId }: Ticket) => node.storage.messaging.attachments.find(attachmentId);
  /** Begins to send by hand, as much as it is told to. */
  const beginPatch = (ticket: Ticket, offset: number, headers: Record<string, string | number>): ClientRequest => {
    const sending = request(node.url + ticket.path, {
      method: 'PATCH',
      headers: {
        ...tusHeaders(ticket),
        'upload-offset': offset,
        'content-type': 'application/offset+octet-stream',
        ...headers,
      },
    });
    sending.on('error', () => {});
    sending.flushHeaders();
    return sending;
  };
  const arrived = (ticket: Ticket, bytes: number) =>
    waitFor(`${bytes} bytes of it`, async () => (await stored(ticket)).length === bytes);

  it('comes in parts, each where the one before ended', async () => {
    const picture = jpegPicture({ width: 4_032, height: 3_024, orientation: 6, sizeBytes: 100_000 });
    const { ticket } = await node.begin(picture.length, { name: '../杯子.png' });
    expect(ticket).to.deep.include({ path: `/attachments/uploads/${ticket.attachmentId}`, maxBytes: MAX_FILE_BYTES });
    expect(await node.offsetOf(ticket)).to.equal('0');
    const first = await node.patch(ticket, picture.subarray(0, 40_000));
    expect([first.status, first.headers.get('upload-offset')]).to.deep.equal([204, '40000']);
    const head = await fetch(node.url + ticket.path, { method: 'HEAD', headers: tusHeaders(ticket) });
    expect(head.status).to.equal(200);
    expect(Object.fromEntries(head.headers)).to.include({
      'tus-resumable': '1.0.0',
      'upload-offset': '40000',
      'upload-length': '100000',
      'cache-control': 'no-store',
    });
    expect((await rowOf(ticket))?.state).to.equal('uploading');
    expect((await node.patch(ticket, picture.subarray(40_000), 40_000)).status).to.equal(204);
    expect(await stored(ticket)).to.deep.equal(picture);
    expect(await rowOf(ticket)).to.deep.include({
      name: '_杯子.png',
      mimeType: 'image/jpeg',
      sizeBytes: 100_000,
      width: 3_024,
      height: 4_032,
      hasPreview: 0,
      state: 'ready',
    });
    expect(await node.offsetOf(ticket), 'who lost the last answer learns that all is there').to.equal('100000');
    expect((await node.patch(ticket, Buffer.alloc(0), 100_000)).status).to.equal(204);
  });

  it('is what tus-js-client speaks, which resumes it', async () => {
    const sound = webmFile(['A_OPUS'], 300_000);
    const { ticket } = await node.begin(sound.length);
    const run = (stopAt: number) =>
      new Promise<string>((resolve, reject) => {
        const upload = new Upload(sound, {
          uploadUrl: node.url + ticket.path,
          headers: { Authorization: `Bearer ${ticket.token}` },
          chunkSize: 100_000,
          retryDelays: null,
          onError: reject,
          onSuccess: () => resolve('done'),
          onChunkComplete: (_size, accepted) => {
            if (accepted >= stopAt) void upload.abort().then(() => resolve(`stopped at ${accepted}`));
          },
        });
        upload.start();
      });
    expect(await run(100_000)).to.equal('stopped at 100000');
    expect(await run(Infinity)).to.equal('done');
    expect(await rowOf(ticket)).to.deep.include({ state: 'ready', mimeType: 'audio/webm', width: null });
  });

  it('goes on after a cut in the midst of a request, with what came before the cut', async () => {
    const picture = jpegPicture({ sizeBytes: 200_000 });
    const { ticket } = await node.begin(picture.length);
    const sending = beginPatch(ticket, 0, { 'content-length': picture.length });
    sending.write(picture.subarray(0, 70_000));
    await arrived(ticket, 70_000);
    sending.destroy();
    expect(await node.offsetOf(ticket)).to.equal('70000');
    expect((await node.patch(ticket, picture.subarray(70_000), 70_000)).status).to.equal(204);
    expect(await stored(ticket)).to.deep.equal(picture);
  });

  it('cuts a request that hangs when another comes for it, and takes that one where the first got to', async () => {
    const picture = jpegPicture({ sizeBytes: 200_000 });
    const { ticket } = await node.begin(picture.length);
    const hanging = beginPatch(ticket, 0, { 'content-length': picture.length });
    hanging.write(picture.subarray(0, 70_000));
    await arrived(ticket, 70_000);
    const cut = new Promise<void>((resolve) => hanging.once('close', () => resolve()));
    const early = await node.patch(ticket, picture, 0);
    expect(await answerOf(early)).to.deep.equal([409, 'wrongStage']);
    await cut;
    expect((await node.patch(ticket, picture.subarray(70_000), 70_000)).status).to.equal(204);
    expect(await stored(ticket)).to.deep.equal(picture);
  });

  it('has one file of two requests at once', async () => {
    const picture = jpegPicture({ sizeBytes: 300_000 });
    const { ticket } = await node.begin(picture.length);
    // One of them may be cut by the other.
    await Promise.allSettled([node.patch(ticket, picture), node.patch(ticket, picture)]);
    const reached = Number(await node.offsetOf(ticket));
    if (reached < picture.length) await node.patch(ticket, picture.subarray(reached), reached);
    expect(await stored(ticket)).to.deep.equal(picture);
    expect((await rowOf(ticket))?.state).to.equal('ready');
  });

  it('refuses what does not fit the place that it has come to', async () => {
    const { ticket } = await node.begin(1_000);
    for (const offset of [1, 999, 1_000, 2_000]) {
      expect(await answerOf(await node.patch(ticket, Buffer.alloc(1), offset))).to.deep.equal([409, 'wrongStage']);
    }
    expect(await node.offsetOf(ticket)).to.equal('0');
  });

  it('refuses more than was announced, said or not, and goes on with what was', async () => {
    const picture = jpegPicture({ sizeBytes: 1_000 });
    const { ticket } = await node.begin(picture.length);
    const longer = Buffer.concat([picture, Buffer.alloc(200_000)]);
    expect(await answerOf(await node.patch(ticket, longer))).to.deep.equal([413, 'fileTooLarge']);
    const chunked = beginPatch(ticket, Number(await node.offsetOf(ticket)), { 'transfer-encoding': 'chunked' });
    chunked.write(longer);
    const [response] = (await once(chunked, 'response')) as [{ statusCode: number }];
    expect(response.statusCode).to.equal(413);
    chunked.destroy();
    const reached = Number(await node.offsetOf(ticket));
    expect((await node.patch(ticket, picture.subarray(reached), reached)).status).to.equal(204);
  });

  it('begins with no more than a file, a shop and a person may have', async () => {
    const refusal = async (sizeBytes: number, talk = {}, on = node) =>
      on.begin(sizeBytes, talk).then(
        () => 'begun',
        (error: { code: string }) => error.code,
      );
    expect(await refusal(MAX_FILE_BYTES + 1)).to.equal('fileTooLarge');
    expect(await refusal(MAX_FILE_BYTES)).to.equal('begun');
    const talk = await node.converse();
    for (let begun = 0; begun < limits.uploadsPerMinute; begun += 1) await node.begin(1, talk);
    expect(await refusal(1, talk)).to.equal('rateLimited');
    expect(await refusal(1), 'another person').to.equal('begun');
    const small = await AttachmentNode.start({ messages: { maxBytesPerKey: 1_000 } });
    try {
      const first = await small.begin(600);
      expect([await refusal(401, {}, small), await refusal(400, {}, small)]).to.deep.equal([
        'attachmentsFull',
        'begun',
      ]);
      await fetch(small.url + first.ticket.path, { method: 'DELETE', headers: tusHeaders(first.ticket) });
      expect(await refusal(600, {}, small)).to.equal('begun');
    } finally {
      await small.close();
    }
  });

  for (const [title, bytes] of [
    ['a program of the name of a picture', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff', 'latin1')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['an archive', zipFile({ 'cup.jpg': 'not really' })],
    ['the beginning of a PNG', pngPicture().subarray(0, 12)],
  ] as const) {
    it(`refuses ${title}, and keeps nothing of it`, async () => {
      const { ticket } = await node.begin(bytes.length, { name: 'cup.jpg' });
      expect(await answerOf(await node.patch(ticket, bytes))).to.deep.equal([415, 'fileNotSupported']);
      expect([await isKept(ticket), await rowOf(ticket)]).to.deep.equal([false, undefined]);
      expect(await node.offsetOf(ticket)).to.equal(404);
    });
  }

  it('refuses a picture of more pixels than a page can show', async () => {
    const picture = jpegPicture({ width: 65_000, height: 65_000 });
    const { ticket } = await node.begin(picture.length);
    expect(await answerOf(await node.patch(ticket, picture))).to.deep.equal([413, 'fileTooLarge']);
    expect(await isKept(ticket)).to.equal(false);
  });

  it('needs the token of its own, in time', async () => {
    const [{ ticket }, { ticket: others }] = [await node.begin(10), await node.begin(10)];
    const [expires, tenant, signature] = ticket.token.split('.') as [string, string, string];
    for (const token of [
      others.token,
      `${expires}.other.${signature}`,
      `${Number(expires) + 1}.${tenant}.${signature}`,
      `${expires}.${tenant}.${signature.toLowerCase()}`,
      ticket.token.slice(0, -1),
      'x',
    ]) {
      const answer = await node.patch({ ...ticket, token }, Buffer.alloc(10));
      expect(await answerOf(answer), token).to.deep.equal([404, 'attachmentNotFound']);
    }
    const headers = { 'tus-resumable': '1.0.0', 'upload-offset': '0' };
    const without = await fetch(node.url + ticket.path, { method: 'PATCH', headers });
    expect(await answerOf(without)).to.deep.equal([401, 'tokenMissing']);
    expect(await node.offsetOf(ticket)).to.equal('0');
  });

  it('can not be cut by strangers', async () => {
    const picture = jpegPicture({ sizeBytes: 100_000 });
    const [{ ticket }, { ticket: others }] = [await node.begin(picture.length), await node.begin(10)];
    const sending = beginPatch(ticket, 0, { 'content-length': picture.length });
    sending.write(picture.subarray(0, 50_000));
    await arrived(ticket, 50_000);
    await node.patch({ ...ticket, token: others.token }, picture);
    sending.end(picture.subarray(50_000));
    const [response] = (await once(sending, 'response')) as [{ statusCode: number }];
    expect(response.statusCode).to.equal(204);
  });

  it('is begun nowhere but by its request, and speaks one version of tus', async () => {
    const { ticket } = await node.begin(10);
    const headers = { ...tusHeaders(ticket), 'upload-length': '10' };
    for (const path of ['/attachments/uploads', ticket.path]) {
      expect((await fetch(node.url + path, { method: 'POST', headers })).status).to.equal(404);
    }
    const old = await fetch(node.url + ticket.path, {
      method: 'HEAD',
      headers: { ...headers, 'tus-resumable': '0.2.2' },
    });
    expect([old.status, old.headers.get('tus-version')]).to.deep.equal([412, '1.0.0']);
    for (const [name, value] of [
      ['content-type', 'image/jpeg'],
      ['upload-offset', '-1'],
      ['upload-offset', 'x'],
    ] as const) {
      const answer = await node.patch(ticket, Buffer.alloc(10), 0, { [name]: value });
      expect(await answerOf(answer)).to.deep.equal([400, 'badRequest']);
    }
  });

  it('goes nowhere by tricks in its path', async () => {
    const { ticket } = await node.begin(10);
    const before = await readdir(node.dataDir);
    for (const id of ['..%2f..%2fchaxi.sqlite', '%00', 'x'.repeat(5_000), '__proto__', '%F0%9F']) {
      const answer = await node.patch({ ...ticket, path: `/attachments/uploads/${id}` }, Buffer.alloc(10));
      expect(answer.status, id).to.be.within(400, 404);
    }
    expect(await readdir(node.dataDir)).to.deep.equal(before);
  });

  it('takes a preview before its end, by what is in it', async () => {
    const picture = jpegPicture({ sizeBytes: 50_000 });
    const { ticket } = await node.begin(picture.length);
    for (const [bytes, answer] of [
      [pngPicture(), [415, 'fileNotSupported']],
      [Buffer.from('<svg/>'), [415, 'fileNotSupported']],
      [jpegPicture({ width: 4_000, height: 3_000 }), [413, 'fileTooLarge']],
      [jpegPicture({ width: 40, height: 30, sizeBytes: limits.attachmentPreviewBytes + 1 }), [413, 'fileTooLarge']],
    ] as const) {
      expect(await answerOf(await node.putPreview(ticket, bytes))).to.deep.equal(answer);
    }
    const small = jpegPicture({ width: 480, height: 360 });
    expect((await node.putPreview(ticket, small)).status).to.equal(204);
    await node.patch(ticket, picture);
    expect((await rowOf(ticket))?.hasPreview).to.equal(1);
    expect(await readFile(join(node.folder, `${ticket.attachmentId}.preview`))).to.deep.equal(small);
    expect(await answerOf(await node.putPreview(ticket, small))).to.deep.equal([409, 'wrongStage']);
    expect((await node.putPreview({ ...ticket, token: 'x' }, small)).status).to.equal(404);
  });

  it('can be given up, until a message has it', async () => {
    const remove = (ticket: Ticket) => fetch(node.url + ticket.path, { method: 'DELETE', headers: tusHeaders(ticket) });
    const { ticket } = await node.begin(100);
    expect((await remove(ticket)).status).to.equal(204);
    expect([await isKept(ticket), await rowOf(ticket)]).to.deep.equal([false, undefined]);
    expect(await answerOf(await remove(ticket))).to.deep.equal([404, 'attachmentNotFound']);
    const sent = await node.upload(jpegPicture());
    await node.send(sent, { type: 'image', attachmentId: sent.ticket.attachmentId, text: '' });
    expect((await remove(sent.ticket)).status).to.equal(404);
    expect(await isKept(sent.ticket)).to.equal(true);
  });

  it('is looked at by the next request where the node died after the last byte', async () => {
    const picture = jpegPicture();
    const { ticket } = await node.begin(picture.length);
    await node.storage.attachmentFiles.append(ticket.attachmentId, Readable.from([picture]), picture.length);
    expect((await rowOf(ticket))?.state).to.equal('uploading');
    expect(await node.offsetOf(ticket)).to.equal(String(picture.length));
    expect((await rowOf(ticket))?.state).to.equal('ready');
  });

  it('fails clearly while the disk is full, and goes on when there is space', async () => {
    const picture = jpegPicture({ sizeBytes: 10_000 });
    const { ticket } = await node.begin(picture.length);
    const file = join(node.folder, `${ticket.attachmentId}.file`);
    await rm(file);
    // Whatever is written to this device meets a full disk.
    await symlink('/dev/full', file);
    expect(await answerOf(await node.patch(ticket, picture))).to.deep.equal([503, 'storageUnavailable']);
    await rm(file);
    await writeFile(file, '');
    expect(await node.offsetOf(ticket)).to.equal('0');
    expect((await node.patch(ticket, picture)).status).to.equal(204);
    const said = node.log.filter(({ fields }) => fields.operation === 'receive').map(({ message }) => message);
    expect(said).to.deep.equal(['attachments fail', 'attachments work again']);
  });

  it('is open to the pages that may use the server, and to no others', async () => {
    const { ticket } = await node.begin(10);
    const ask = (origin: string) =>
      fetch(node.url + ticket.path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'authorization,content-type,tus-resumable,upload-offset',
        },
      });
    const { headers } = await ask('https://shop.example');
    expect(headers.get('access-control-allow-origin')).to.equal('https://shop.example');
    expect(headers.get('access-control-allow-methods')).to.include('PATCH');
    expect(headers.get('access-control-allow-headers')).to.include('Upload-Offset').and.include('Tus-Resumable');
    expect((await ask('https://evil.example')).status).to.equal(403);
    const patched = await node.patch(ticket, Buffer.alloc(5), 0, { origin: 'https://shop.example' });
    expect(patched.headers.get('access-control-expose-headers')).to.include('Upload-Offset');
    const evil = await node.patch(ticket, Buffer.alloc(5), 5, { origin: 'https://evil.example' });
    expect(await codeOf(evil)).to.equal('originNotAllowed');
  });
});
