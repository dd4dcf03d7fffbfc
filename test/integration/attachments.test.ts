import { expect } from 'chai';
import { readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessageContent, OutgoingContent } from '../../protocol/messages.ts';
import { AttachmentSigner } from '../../server/messaging/attachments/AttachmentSigner.ts';
import { AttachmentNode, type Talk, type Ticket } from '../helpers/AttachmentNode.ts';
import { NodeLinks } from '../helpers/NodeLinks.ts';
import { jpegPicture } from '../helpers/pictures.ts';
import { oggFile, webmFile } from '../helpers/sampleFiles.ts';
import { waitFor } from '../helpers/waitFor.ts';
import { SECRETS } from '../unit/http/startHttpApp.ts';

const SMALL = jpegPicture({ width: 480, height: 360 });
const PDF = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj', 'latin1');

type Uploaded = Talk & { ticket: Ticket };

describe('an attachment', () => {
  let node: AttachmentNode;

  before(async () => (node = await AttachmentNode.start()));
  after(() => node.close());

  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  const answerOf = async (response: Response) => [
    response.status,
    ((await response.json()) as { error: { code: string } }).error.code,
  ];
  const urlOf = ({ person, conversationId, ticket }: Uploaded) =>
    node.desk.urlOf(person, conversationId, ticket.attachmentId);
  const sendFile = (uploaded: Uploaded) =>
    node.send(uploaded, { type: 'file', attachmentId: uploaded.ticket.attachmentId, text: '' });
  const get = (path: string, init: RequestInit = {}) => fetch(node.url + path, init);
  const keptOf = async ({ attachmentId }: Ticket) =>
    (await readdir(node.folder)).filter((name) => name.startsWith(attachmentId));
  /** The same address with another value in its query. */
  const changed = (path: string, name: string, value: string) => {
    const url = new URL(path, node.url);
    url.searchParams.set(name, value);
    return url.pathname + url.search;
  };

  it('is had whole, in ranges and by its tag, by whoever has an address, and runs nothing', async () => {
    const picture = jpegPicture({ sizeBytes: 10_000 });
    const uploaded = await node.upload(picture, { name: '茶杯 "1".jpg', preview: SMALL });
    await sendFile(uploaded);
    const { path, previewPath, serverUrl, expiresInMs } = await urlOf(uploaded);
    expect(serverUrl).to.equal(undefined);
    expect(expiresInMs).to.be.within(600_000, 1_200_000);
    const shown = await get(path, { headers: { origin: 'https://shop.example' } });
    expect(Buffer.from(await shown.arrayBuffer())).to.deep.equal(picture);
    const headers = Object.fromEntries(shown.headers);
    expect(headers).to.include({
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename="__ _1_.jpg"; filename*=UTF-8''%E8%8C%B6%E6%9D%AF%20_1_.jpg`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': 'https://shop.example',
      'accept-ranges': 'bytes',
    });
    const maxAge = Number(/^private, max-age=(\d+), immutable, no-transform$/.exec(headers['cache-control']!)?.[1]);
    expect(maxAge).to.be.within(expiresInMs / 1_000 - 10, expiresInMs / 1_000);
    const part = await get(path, { headers: { range: 'bytes=9990-' } });
    expect([part.status, part.headers.get('content-range')]).to.deep.equal([206, 'bytes 9990-9999/10000']);
    expect(Buffer.from(await part.arrayBuffer())).to.deep.equal(picture.subarray(9_990));
    expect((await get(path, { headers: { range: 'bytes=20000-' } })).status).to.equal(416);
    expect(
      (await get(path, { headers: { 'if-none-match': headers.etag!, 'cache-control': 'max-age=0' } })).status,
    ).to.equal(304);
    const head = await get(path, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).to.deep.equal([200, '10000']);
    const preview = await get(previewPath!);
    expect(Buffer.from(await preview.arrayBuffer())).to.deep.equal(SMALL);
    expect(preview.headers.get('content-type')).to.equal('image/jpeg');
  });

  for (const [title, bytes, name, type, disposition] of [
    ['a PDF is saved', PDF, 'prices.pdf', 'application/pdf', 'attachment; filename="prices.pdf"'],
    [
      'text is saved as text',
      Buffer.from('alert(1)'),
      'x.html',
      'text/plain; charset=utf-8',
      'attachment; filename="x.html.txt"',
    ],
    ['sound is played', webmFile(), 'voice.webm', 'audio/webm', 'inline; filename="voice.webm"'],
  ] as const) {
    it(`of which ${title}`, async () => {
      const uploaded = await node.upload(bytes, { name });
      await sendFile(uploaded);
      const { path, previewPath } = await urlOf(uploaded);
      const { headers } = await get(path, { headers: { 'accept-encoding': 'gzip' } });
      expect(previewPath).to.equal(null);
      expect(headers.get('content-type')).to.equal(type);
      expect(headers.get('content-disposition')).to.include(disposition);
      expect(headers.get('content-encoding')).to.equal(null);
    });
  }

  it('has the same address for a while, so that a browser keeps it', async () => {
    const uploaded = await node.upload(jpegPicture());
    // The clock may pass from one period to the next between two of them, but not twice.
    const paths = [await urlOf(uploaded), await urlOf(uploaded), await urlOf(uploaded)].map(({ path }) => path);
    expect(new Set(paths).size).to.be.at.most(2);
  });

  it('is at no address that was changed, and at none that has expired', async () => {
    const uploaded = await node.upload(jpegPicture(), { preview: SMALL });
    const others = await node.upload(jpegPicture());
    await sendFile(uploaded);
    const { path, previewPath } = await urlOf(uploaded);
    const url = new URL(path, node.url);
    const [expires, signature] = ['expires', 'signature'].map((name) => url.searchParams.get(name)!);
    const { attachmentId } = uploaded.ticket;
    const expired = Math.floor(Date.now() / 1_000) - 60;
    const signer = new AttachmentSigner(SECRETS);
    const signed = (tenant: string, until: number) =>
      `?expires=${until}&signature=${signer.sign({ tenant, attachmentId, use: 'file', expires: until })}`;
    for (const wrong of [
      changed(path, 'expires', String(Number(expires) + 1)),
      changed(path, 'signature', `${signature!.startsWith('A') ? 'B' : 'A'}${signature!.slice(1)}`),
      changed(path, 'signature', 'x'),
      changed(path, 'more', '1'),
      path.replace(attachmentId, others.ticket.attachmentId),
      path.replace('?', '/preview?'),
      previewPath!.replace('/preview', ''),
      `/attachments/${attachmentId}`,
      `/attachments/${attachmentId}${signed('shop', expired)}`,
      `/attachments/${attachmentId}${signed('other', Number(expires))}`,
      path.replace(attachmentId, '..%2f..%2fchaxi.sqlite'),
    ]) {
      const answer = await get(wrong);
      expect(await answerOf(answer), wrong).to.deep.equal([404, 'attachmentNotFound']);
      expect(answer.headers.get('cache-control')).to.equal('no-store');
    }
    expect((await get(`/attachments/${attachmentId}${signed('shop', Number(expires))}`)).status).to.equal(200);
  });

  it('is its uploader’s alone until a message has it, and then everyone’s of that conversation', async () => {
    const uploaded = await node.upload(jpegPicture());
    const { conversationId, ticket } = uploaded;
    const host = { ...uploaded.person, identity: 'host', counter: true };
    const elsewhere = await node.converse();
    const ask = (talk: Talk) => codeOf(urlOf({ ...talk, ticket }));
    expect(await ask(uploaded)).to.equal('done');
    expect(await ask({ person: host, conversationId })).to.equal('attachmentNotFound');
    await sendFile(uploaded);
    expect(await ask({ person: host, conversationId })).to.equal('done');
    expect(await ask({ ...elsewhere, person: uploaded.person })).to.equal('attachmentNotFound');
    expect(await ask({ person: { ...host, tenant: 'other' }, conversationId })).to.equal('attachmentNotFound');
  });

  it('is told to everyone as the server found it', async () => {
    const uploaded = await node.upload(jpegPicture({ width: 4_000, height: 3_000, sizeBytes: 5_000 }), {
      preview: SMALL,
    });
    const { attachmentId } = uploaded.ticket;
    const { content } = await node.send(uploaded, { type: 'image', attachmentId, text: '看' });
    const expected: MessageContent = {
      type: 'image',
      text: '看',
      attachment: {
        attachmentId,
        name: 'cup.jpg',
        mimeType: 'image/jpeg',
        sizeBytes: 5_000,
        width: 4_000,
        height: 3_000,
        hasPreview: true,
      },
    };
    expect(content).to.deep.equal(expected);
  });

  it('fits the type of its message, is whole, and its sender’s own', async () => {
    const [picture, sound] = [await node.upload(jpegPicture()), await node.upload(oggFile())];
    const unfinished = await node.begin(100);
    const image = ({ ticket }: Uploaded) => ({ type: 'image', attachmentId: ticket.attachmentId, text: '' }) as const;
    const voice = ({ ticket }: Uploaded) =>
      ({
        type: 'voice',
        attachmentId: ticket.attachmentId,
        durationMs: 1_000,
        waveform: [0, 100],
      }) satisfies OutgoingContent;
    expect(await codeOf(node.send(sound, image(sound)))).to.equal('fileNotSupported');
    expect(await codeOf(node.send(picture, voice(picture)))).to.equal('fileNotSupported');
    expect(await codeOf(node.send(unfinished, image(unfinished)))).to.equal('attachmentNotFound');
    expect(await codeOf(node.send(sound, image(picture)))).to.equal('attachmentNotFound');
    const { content } = await node.send(sound, voice(sound));
    expect(content).to.deep.include({ type: 'voice', durationMs: 1_000, waveform: [0, 100] });
    expect(await codeOf(node.send(sound, voice(sound))), 'in one message only').to.equal('attachmentNotFound');
  });

  it('goes with its message', async () => {
    const uploaded = await node.upload(jpegPicture(), { preview: SMALL });
    const message = await sendFile(uploaded);
    const { path } = await urlOf(uploaded);
    expect(await keptOf(uploaded.ticket)).to.have.length(2);
    await node.deleteMessage(message);
    await waitFor('its files to go', async () => (await keptOf(uploaded.ticket)).length === 0);
    expect(await answerOf(await get(path))).to.deep.equal([404, 'attachmentNotFound']);
  });

  it('that is gone from the disk is not found', async () => {
    const uploaded = await node.upload(jpegPicture());
    const { path } = await urlOf(uploaded);
    await rm(join(node.folder, `${uploaded.ticket.attachmentId}.file`));
    expect(await answerOf(await get(path))).to.deep.equal([404, 'attachmentNotFound']);
    expect(await codeOf(urlOf(uploaded))).to.equal('attachmentNotFound');
  });

  it('that no message took for a day is swept, with what has no row', async () => {
    const [sent, unsent, unfinished] = [
      await node.upload(jpegPicture(), { preview: SMALL }),
      await node.upload(jpegPicture(), { preview: SMALL }),
      await node.begin(100),
    ];
    await sendFile(sent);
    const { attachments } = node.storage.messaging;
    await attachments.removeUnsent(unfinished.ticket.attachmentId);
    const old = await attachments.create({
      attachmentId: '01900000-0000-7000-8000-000000000000',
      tenant: 'shop',
      conversationId: unsent.conversationId,
      uploader: unsent.person.identity,
      name: 'old',
      sizeBytes: 10,
      nodeId: null,
      createdAt: Date.now() - 86_400_001,
    });
    await node.storage.attachmentFiles.begin(old.attachmentId);
    for (const name of await readdir(node.folder)) await utimes(join(node.folder, name), 0, 0);
    await node.desk.sweep();
    expect(await attachments.find(old.attachmentId)).to.equal(undefined);
    expect(await node.storage.attachmentFiles.sizeOf(old.attachmentId, 'file')).to.equal(undefined);
    expect(await keptOf(unfinished.ticket)).to.be.empty;
    expect(await keptOf(sent.ticket)).to.have.length(2);
    expect(await keptOf(unsent.ticket), 'younger than a day').to.have.length(2);
  });

  it('leaves no signature in the log', async () => {
    const { path } = await urlOf(await node.upload(jpegPicture()));
    await get(path);
    const signature = new URL(path, node.url).searchParams.get('signature')!;
    const logs = JSON.stringify(node.app.logs);
    expect(logs).to.include('signature=[hidden]').and.not.include(signature);
  });
});

describe('attachments of two nodes', () => {
  it('are taken by the node where they begin, and had there by whoever asks the other', async () => {
    const links = new NodeLinks();
    const one = await AttachmentNode.start({ cluster: links.link('one') });
    const two = await AttachmentNode.start({ cluster: links.link('two'), sharing: one });
    links.urls.set('one', one.url).set('two', two.url);
    try {
      const picture = jpegPicture({ sizeBytes: 2_000 });
      const uploaded = await one.upload(picture, { preview: SMALL });
      const { person, conversationId, ticket } = uploaded;
      expect(ticket.serverUrl).to.equal(one.url);
      expect(await two.offsetOf(ticket), 'no other node takes it').to.equal(404);
      const message = await two.send(uploaded, { type: 'image', attachmentId: ticket.attachmentId, text: '' });
      const { path, previewPath, serverUrl } = await two.desk.urlOf(person, conversationId, ticket.attachmentId);
      expect(serverUrl).to.equal(one.url);
      for (const [address, bytes] of [
        [path, picture],
        [previewPath!, SMALL],
      ] as const) {
        const sentOn = await fetch(two.url + address, { redirect: 'manual' });
        expect([sentOn.status, sentOn.headers.get('location')]).to.deep.equal([307, one.url + address]);
        expect(Buffer.from(await (await fetch(two.url + address)).arrayBuffer())).to.deep.equal(bytes);
      }
      const forged = `${path.slice(0, -2)}${path.endsWith('AA') ? 'BB' : 'AA'}`;
      expect((await fetch(two.url + forged, { redirect: 'manual' })).status).to.equal(404);
      await two.deleteMessage(message);
      await waitFor('its files to go', async () => (await readdir(one.folder)).length === 0);
    } finally {
      await two.close();
      await one.close();
    }
  });
});
