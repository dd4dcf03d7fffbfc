import { expect } from 'chai';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import S3rver from 's3rver';
import { configSchema } from '../../config/schema.ts';
import { S3Bucket } from '../../server/storage/attachments/S3Bucket.ts';
import { AttachmentNode, type Talk, type Ticket } from '../helpers/AttachmentNode.ts';
import { NodeLinks } from '../helpers/NodeLinks.ts';
import { jpegPicture } from '../helpers/pictures.ts';
import { mp4File } from '../helpers/sampleFiles.ts';
import { TcpProxy } from '../helpers/TcpProxy.ts';
import { waitFor } from '../helpers/waitFor.ts';

const SMALL = jpegPicture({ width: 480, height: 360 });

describe('attachments in a bucket', () => {
  let storage: S3rver;
  let proxy: TcpProxy;
  let folder: string;
  let bucket: S3Bucket;
  let one: AttachmentNode;
  let two: AttachmentNode;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chaxi-test-'));
    const configureBuckets = [{ name: 'tea', configs: [] }];
    storage = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: folder, configureBuckets });
    const { port } = await storage.run();
    proxy = await TcpProxy.start(`http://127.0.0.1:${port}`);
    const key = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
    const { messages } = configSchema.parse({ messages: { s3: { endpoint: proxy.url, bucket: 'tea', ...key } } });
    bucket = new S3Bucket(messages.s3);
    const links = new NodeLinks();
    one = await AttachmentNode.start({ messages, cluster: links.link('one') });
    two = await AttachmentNode.start({ messages, cluster: links.link('two'), sharing: one });
    links.urls.set('one', one.url).set('two', two.url);
  });
  after(async () => {
    await two.close();
    await one.close();
    await proxy.close();
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const keys = async () => {
    const found: string[] = [];
    for await (const objects of bucket.list('')) found.push(...objects.map(({ key }) => key));
    return found;
  };
  const keysOf = async ({ attachmentId }: Ticket) => (await keys()).filter((key) => key.includes(attachmentId));
  const sendFile = (uploaded: Talk & { ticket: Ticket }) =>
    one.send(uploaded, { type: 'file', attachmentId: uploaded.ticket.attachmentId, text: '' });

  it('come to the disk of a node, are looked at there, and are had from every node', async () => {
    const picture = jpegPicture({ sizeBytes: 300_000 });
    const uploaded = await one.upload(picture, { preview: SMALL });
    const { person, conversationId, ticket } = uploaded;
    const { attachmentId } = ticket;
    expect(readdirSync(one.folder)).to.deep.equal([]);
    expect(await keysOf(ticket)).to.deep.equal([
      `attachments/${attachmentId}.file`,
      `attachments/${attachmentId}.preview`,
    ]);
    expect(await one.offsetOf(ticket), 'who lost the last answer learns that all is there').to.equal('300000');
    await sendFile(uploaded);
    const { path, previewPath, serverUrl } = await two.desk.urlOf(person, conversationId, attachmentId);
    expect(serverUrl).to.equal(two.url);
    const shown = await fetch(two.url + path);
    expect(Buffer.from(await shown.arrayBuffer()).equals(picture)).to.equal(true);
    expect(Object.fromEntries(shown.headers)).to.include({
      'content-type': 'image/jpeg',
      'content-length': '300000',
      'content-disposition': `inline; filename="cup.jpg"; filename*=UTF-8''cup.jpg`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'accept-ranges': 'bytes',
    });
    const part = await fetch(two.url + path, { headers: { range: 'bytes=299990-' } });
    expect([part.status, part.headers.get('content-range')]).to.deep.equal([206, 'bytes 299990-299999/300000']);
    expect(Buffer.from(await part.arrayBuffer()).equals(picture.subarray(299_990))).to.equal(true);
    expect((await fetch(two.url + path, { headers: { range: 'bytes=400000-' } })).status).to.equal(416);
    const etag = shown.headers.get('etag')!;
    const again = await fetch(two.url + path, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
    expect([again.status, await again.text()]).to.deep.equal([304, '']);
    const head = await fetch(two.url + path, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).to.deep.equal([200, '300000']);
    expect(Buffer.from(await (await fetch(two.url + previewPath!)).arrayBuffer()).equals(SMALL)).to.equal(true);
  });

  it('are never there before they are whole, nor what was refused', async () => {
    const begun = await one.begin(1_000);
    await one.patch(begun.ticket, Buffer.alloc(500, 'a'));
    expect(await keysOf(begun.ticket)).to.deep.equal([]);
    const program = Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff', 'latin1');
    const { ticket } = await one.begin(program.length);
    expect((await one.patch(ticket, program)).status).to.equal(415);
    expect(await keysOf(ticket)).to.deep.equal([]);
  });

  it('go on when the bucket is there again', async () => {
    const picture = jpegPicture();
    const { ticket } = await one.begin(picture.length);
    proxy.refusing = true;
    proxy.cut();
    expect((await one.patch(ticket, picture)).status).to.equal(503);
    expect((await one.patch(ticket, Buffer.alloc(0), picture.length)).status).to.equal(503);
    proxy.refusing = false;
    expect(await one.offsetOf(ticket)).to.equal(String(picture.length));
    expect(await keysOf(ticket)).to.have.length(1);
  });

  it('are looked at in the bucket where the node died after it had brought them there', async () => {
    const sound = mp4File(['soun'], { moovLast: true });
    const { ticket } = await one.begin(sound.length, { name: 'voice.m4a' });
    const { attachmentFiles } = one.storage;
    await attachmentFiles.append(ticket.attachmentId, Readable.from([sound]), sound.length);
    await attachmentFiles.keep(ticket.attachmentId);
    expect(await one.offsetOf(ticket)).to.equal(String(sound.length));
    const row = await one.storage.messaging.attachments.find(ticket.attachmentId);
    expect(row).to.include({ mimeType: 'audio/mp4', state: 'ready', nodeId: null });
  });

  it('go with their message, on whatever node it is deleted', async () => {
    const uploaded = await one.upload(jpegPicture(), { preview: SMALL });
    const message = await sendFile(uploaded);
    await two.deleteMessage(message);
    await waitFor('its objects to go', async () => (await keysOf(uploaded.ticket)).length === 0);
  });

  it('need a key that the bucket knows', async () => {
    const key = { accessKeyId: 'stranger', secretAccessKey: 'S3RVER' };
    const { messages } = configSchema.parse({ messages: { s3: { endpoint: proxy.url, bucket: 'tea', ...key } } });
    const refusal = await new S3Bucket(messages.s3).put('x', new Blob(['x'])).catch((error: Error) => error.message);
    expect(refusal).to.equal('The bucket refused put: 403 InvalidAccessKeyId');
  });

  it('are swept where they belong to nothing, and nothing else of the bucket is', async () => {
    const kept = await one.upload(jpegPicture(), { preview: SMALL });
    await sendFile(kept);
    await bucket.put('attachments/notes.txt', new Blob(['x']));
    const lost = await one.upload(jpegPicture());
    await one.storage.messaging.attachments.removeUnsent(lost.ticket.attachmentId);
    const { attachments } = one.storage.messaging;
    const removed = await one.storage.attachmentFiles.sweep((ids) => attachments.existing(ids), 0);
    expect(removed).to.be.at.least(1);
    expect(await keysOf(lost.ticket)).to.deep.equal([]);
    expect(await keysOf(kept.ticket)).to.have.length(2);
    expect(await keys()).to.include('attachments/notes.txt');
  });
});
