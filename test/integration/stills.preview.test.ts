import { expect } from 'chai';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { limits } from '../../protocol/limits.ts';
import type { StillUpload } from '../../protocol/stills.ts';
import { jpegPicture, pngPicture, webpPicture } from '../helpers/pictures.ts';
import { callRest } from '../helpers/restClient.ts';
import { sendPicture, sendPreview, showCup, takeStill } from '../helpers/stills.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the preview of a still', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const preview = jpegPicture({ width: 480, height: 360, sizeBytes: 20_000 });
  const picture = jpegPicture({ width: 4_032, height: 3_024, sizeBytes: 90_000 });
  let host: Visitor;
  let cup: Awaited<ReturnType<typeof showCup>>;

  before(async () => (node = await startTestServer({ http: { rateLimitPerMinute: 100_000 } })));
  beforeEach(async () => {
    host = await visitors.join('host', { role: 'host' });
    cup = await showCup(host);
  });
  afterEach(async () => {
    visitors.clear();
    await waitFor('nothing to be left of uploads', async () => (await parts()).length === 0);
  });
  after(() => node.close());

  const files = () => readdir(join(node.config.dataDir, 'stills'));
  const filesOf = async (stillId: string) => (await files()).filter((name) => name.startsWith(stillId)).toSorted();
  const parts = async () => (await files()).filter((name) => name.endsWith('.part'));
  /** The host asks the own cup; answers where the pictures shall go. */
  const expectStill = async (): Promise<{ stillId: string; upload: StillUpload }> => {
    const { stillId } = await host.client.request('requestStill', cup);
    return host.client.notification('stillRequested', (asked) => asked.stillId === stillId);
  };
  const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
  /** Begins to send a preview by hand. */
  const begin = (
    { serverUrl = node.url, path, token }: StillUpload,
    headers: Record<string, string | number>,
  ): ClientRequest => {
    const upload = request(`${serverUrl}${path}/preview`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    upload.on('error', () => {});
    upload.flushHeaders();
    return upload;
  };
  const finish = async (stillId: string, upload: StillUpload) => {
    expect((await sendPicture(node, upload, picture)).status).to.equal(201);
    return (await host.client.notification('stillAdded', ({ still }) => still.stillId === stillId)).still;
  };
  const bytesAt = async (path: string) => Buffer.from(await (await fetch(node.url + path)).arrayBuffer());

  for (const [type, extension, body] of [
    ['image/jpeg', 'jpg', preview],
    ['image/png', 'png', pngPicture({ width: 480, height: 360 })],
    ['image/webp', 'webp', webpPicture({ width: 360, height: 480 })],
  ] as const) {
    it(`of ${type} is kept beside the picture and shown at an address of its own`, async () => {
      const { stillId, upload } = await expectStill();
      const sent = await sendPreview(node, upload, body);
      expect([sent.status, await sent.text()]).to.deep.equal([204, '']);
      expect(host.client.received('stillAdded')).to.be.empty;
      const still = await finish(stillId, upload);
      expect(still).to.include({ mimeType: 'image/jpeg', width: 4_032, height: 3_024, sizeBytes: picture.length });
      expect(still.previewPath).to.match(/^\/stills\/[A-Za-z0-9_-]{43}$/);
      expect(still.previewPath).to.not.equal(still.path);
      const shown = await fetch(node.url + still.previewPath);
      expect(shown.headers.get('content-type')).to.equal(type);
      expect(shown.headers.get('content-disposition')).to.match(new RegExp(`Z-preview\\.${extension}"$`));
      expect(Buffer.from(await shown.arrayBuffer()).equals(body)).to.equal(true);
      expect((await bytesAt(still.path)).equals(picture)).to.equal(true);
      expect((await host.client.request('listStills', { limit: 1 })).stills).to.deep.equal([still]);
    });
  }

  it('is served under the same headers as the picture', async () => {
    const still = await takeStill(node, host, host, picture, preview);
    const own = ['content-length', 'content-disposition', 'date', 'etag', 'ratelimit', 'x-request-id'];
    const answers = [await fetch(node.url + still.path), await fetch(node.url + still.previewPath)];
    const [ofPicture, ofPreview] = answers.map(({ headers }) =>
      Object.fromEntries([...headers].filter(([name]) => !own.includes(name))),
    );
    expect(ofPreview).to.deep.equal(ofPicture);
    expect(ofPreview).to.include({
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(answers[1]!.headers.get('etag')).to.not.equal(answers[0]!.headers.get('etag'));
  });

  it('is the picture itself where none came and the picture is small, else none', async () => {
    const small = await takeStill(node, host, host, jpegPicture({ width: 800, height: 500 }));
    expect(small.previewPath).to.equal(small.path);
    expect(await takeStill(node, host, host, jpegPicture({ width: 800, height: 501 }))).to.include({
      previewPath: null,
    });
  });

  for (const [title, body, status, code] of [
    ['is no picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'pictureNotSupported'],
    ['is empty', Buffer.alloc(0), 415, 'pictureNotSupported'],
    ['has too many pixels', jpegPicture({ width: 1_000, height: 401 }), 413, 'pictureTooLarge'],
    [
      'has too many bytes',
      jpegPicture({ width: 480, height: 360, sizeBytes: limits.stillPreviewBytes + 1 }),
      413,
      'pictureTooLarge',
    ],
  ] as const) {
    it(`that ${title} is refused, and the still comes without it`, async () => {
      const { stillId, upload } = await expectStill();
      const sent = await sendPreview(node, upload, body);
      expect([sent.status, await codeOf(sent)]).to.deep.equal([status, code]);
      expect(await finish(stillId, upload)).to.include({ previewPath: null });
      expect(await filesOf(stillId)).to.deep.equal([`${stillId}.jpg`]);
      expect(host.client.received('stillFailed')).to.be.empty;
    });
  }

  it('that turns out to be larger than it said is refused, and the still comes without it', async () => {
    const { stillId, upload } = await expectStill();
    const sending = begin(upload, { 'transfer-encoding': 'chunked' });
    sending.write(jpegPicture({ width: 480, height: 360, sizeBytes: limits.stillPreviewBytes + 1 }));
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    expect(response.statusCode).to.equal(413);
    sending.destroy();
    expect(await finish(stillId, upload)).to.include({ previewPath: null });
  });

  it('of just the largest size is taken', async () => {
    const { stillId, upload } = await expectStill();
    const largest = jpegPicture({ width: 1_000, height: 400, sizeBytes: limits.stillPreviewBytes });
    expect((await sendPreview(node, upload, largest)).status).to.equal(204);
    expect((await bytesAt((await finish(stillId, upload)).previewPath!)).equals(largest)).to.equal(true);
  });

  it('that hangs is cut when the picture is there', async () => {
    const { stillId, upload } = await expectStill();
    const hanging = begin(upload, { 'content-length': preview.length });
    const cut = new Promise((resolve) => hanging.once('close', resolve));
    hanging.write(preview.subarray(0, 9_000));
    await waitFor('the preview to arrive', async () => (await parts()).length === 1);
    expect(await finish(stillId, upload)).to.include({ previewPath: null });
    await cut;
  });

  it('gives way to another one, as after a break', async () => {
    const { stillId, upload } = await expectStill();
    const sending = begin(upload, { 'content-length': preview.length });
    sending.write(preview.subarray(0, 9_000));
    await waitFor('the preview to arrive', async () => (await parts()).length === 1);
    sending.destroy();
    const latest = jpegPicture({ width: 480, height: 270, sizeBytes: 7_000 });
    for (const body of [preview, latest]) expect((await sendPreview(node, upload, body)).status).to.equal(204);
    await waitFor('one to be left', async () => (await parts()).length === 1);
    expect((await bytesAt((await finish(stillId, upload)).previewPath!)).equals(latest)).to.equal(true);
  });

  it('comes too late after the picture', async () => {
    const { stillId, upload } = await expectStill();
    await finish(stillId, upload);
    const sent = await sendPreview(node, upload, preview);
    expect([sent.status, await codeOf(sent)]).to.deep.equal([404, 'stillNotFound']);
  });

  it('needs the token of its still, and no query', async () => {
    const { stillId, upload } = await expectStill();
    const strange = await sendPreview(node, { path: upload.path, token: `${upload.token}x` }, preview);
    expect([strange.status, await codeOf(strange)]).to.deep.equal([404, 'stillNotFound']);
    const without = await fetch(`${node.url}${upload.path}/preview`, { method: 'PUT', body: 'x' });
    expect([without.status, await codeOf(without)]).to.deep.equal([401, 'tokenMissing']);
    const queried = await sendPreview(node, upload, preview, { query: '?corrected=1' });
    expect([queried.status, await codeOf(queried)]).to.deep.equal([400, 'badRequest']);
    expect(await finish(stillId, upload)).to.include({ previewPath: null });
  });

  it('shows that the photograph is taken: who asks then gets another still', async () => {
    const { stillId, upload } = await expectStill();
    await sendPreview(node, upload, preview);
    expect((await host.client.request('requestStill', cup)).stillId).to.not.equal(stillId);
    await finish(stillId, upload);
  });

  it('goes where its still does not come', async () => {
    const { stillId, upload } = await expectStill();
    await sendPreview(node, upload, preview);
    expect(await parts()).to.have.length(1);
    await host.client.request('declineStill', { stillId, code: 'serverUnreachable' });
    await waitFor('the preview to go', async () => (await parts()).length === 0);
    const refused = await expectStill();
    await sendPreview(node, refused.upload, preview);
    expect((await sendPicture(node, refused.upload, Buffer.from('tea'))).status).to.equal(415);
    await waitFor('the preview to go', async () => (await parts()).length === 0);
    expect(await filesOf(refused.stillId)).to.be.empty;
  });

  for (const [who, remove] of [
    ['a moderator', (stillId: string) => host.client.request('removeStill', { stillId })],
    ['the shop', (stillId: string) => callRest(node, 'DELETE', `/rooms/tea/stills/${stillId}`)],
  ] as const) {
    it(`goes with its still when ${who} removes it`, async () => {
      const { stillId, path, previewPath } = await takeStill(node, host, host, picture, preview);
      expect(await filesOf(stillId)).to.deep.equal([`${stillId}.jpg`, `${stillId}.preview.jpg`]);
      await remove(stillId);
      for (const address of [path, previewPath]) expect((await fetch(node.url + address)).status).to.equal(404);
      expect(await filesOf(stillId)).to.be.empty;
    });
  }
});
