import { expect } from 'chai';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { StillUpload } from '../../protocol/stills.ts';
import { jpegPicture, pngPicture, webpPicture } from '../helpers/pictures.ts';
import { videoParameters } from '../helpers/rtpFixtures.ts';
import { sendPicture, showCup } from '../helpers/stills.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

const SHOP = 'https://shop.example';
const MAX_BYTES = 200_000;

describe('the upload of a still', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  let host: Visitor;
  let cup: Awaited<ReturnType<typeof showCup>>;

  before(async () => {
    node = await startTestServer({
      stills: { maxBytes: MAX_BYTES },
      http: { corsOrigins: [SHOP], rateLimitPerMinute: 100_000 },
    });
  });
  beforeEach(async () => {
    host = await visitors.join('host', { role: 'host' });
    cup = await showCup(host);
  });
  afterEach(async () => {
    visitors.clear();
    await waitFor('nothing to be left of uploads', async () => (await parts()).length === 0);
  });
  after(() => node.close());

  /** Pictures that are still being written. */
  const parts = async () =>
    (await readdir(join(node.config.dataDir, 'stills'))).filter((name) => name.endsWith('.part'));
  /** The host asks the own cup; answers where the picture shall go. */
  const expectStill = async (): Promise<{ stillId: string; upload: StillUpload }> => {
    const { stillId } = await host.client.request('requestStill', cup);
    return host.client.notification('stillRequested', (asked) => asked.stillId === stillId);
  };
  const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
  /** Begins an upload by hand; `headers` say how much will come. */
  const begin = ({ path, token }: StillUpload, headers: Record<string, string | number>): ClientRequest => {
    const upload = request(node.url + path, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    upload.on('error', () => {});
    upload.flushHeaders();
    return upload;
  };
  const closeOf = (upload: ClientRequest) => new Promise<void>((resolve) => upload.once('close', () => resolve()));
  const failure = async (stillId: string) =>
    (await host.client.notification('stillFailed', (failed) => failed.stillId === stillId)).code;

  for (const [type, picture, size] of [
    ['image/jpeg', jpegPicture({ width: 4_032, height: 3_024 }), [4_032, 3_024]],
    ['image/jpeg', jpegPicture({ width: 4_032, height: 3_024, orientation: 6 }), [3_024, 4_032]],
    ['image/png', pngPicture({ width: 640, height: 480 }), [640, 480]],
    ['image/webp', webpPicture({ width: 1_920, height: 1_080 }), [1_920, 1_080]],
  ] as const) {
    it(`takes ${type} of ${size.join(' x ')}, whatever its sender calls it`, async () => {
      const { upload } = await expectStill();
      const sent = await sendPicture(node, upload, picture, { headers: { 'content-type': 'text/html' } });
      expect(sent.status).to.equal(201);
      const { still } = await host.client.notification('stillAdded');
      expect(await sent.json()).to.deep.equal({ still });
      expect(sent.headers.get('location')).to.equal(still.path);
      expect([still.mimeType, still.width, still.height]).to.deep.equal([type, ...size]);
      expect((await fetch(node.url + still.path)).headers.get('content-type')).to.equal(type);
    });
  }

  for (const [title, body] of [
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing that may hold a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
    ['nothing', Buffer.alloc(0)],
    ['the beginning of a JPEG', jpegPicture().subarray(0, 12)],
    ['a JPEG without a size', Buffer.concat([jpegPicture().subarray(0, 20), Buffer.alloc(90_000)])],
    ['a PNG without a header', Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1')],
    ['a picture without pixels', pngPicture({ width: 0, height: 10 })],
  ] as const) {
    it(`refuses ${title}, and tells who asked`, async () => {
      const { stillId, upload } = await expectStill();
      const sent = await sendPicture(node, upload, body, { headers: { 'content-type': 'image/jpeg' } });
      expect([sent.status, await codeOf(sent)]).to.deep.equal([415, 'pictureNotSupported']);
      expect(await failure(stillId)).to.equal('pictureNotSupported');
      expect((await sendPicture(node, upload)).status).to.equal(404);
    });
  }

  it('refuses more pixels than a page can show', async () => {
    const { stillId, upload } = await expectStill();
    const sent = await sendPicture(node, upload, jpegPicture({ width: 65_000, height: 65_000 }));
    expect([sent.status, await codeOf(sent)]).to.deep.equal([413, 'pictureTooLarge']);
    expect(await failure(stillId)).to.equal('pictureTooLarge');
  });

  it('takes what has exactly the size that is allowed', async () => {
    const { upload } = await expectStill();
    expect(upload.maxBytes).to.equal(MAX_BYTES);
    expect((await sendPicture(node, upload, jpegPicture({ sizeBytes: MAX_BYTES }))).status).to.equal(201);
  });

  it('refuses what says that it is larger, before it comes', async () => {
    const { stillId, upload } = await expectStill();
    const sending = begin(upload, { 'content-length': MAX_BYTES + 1 });
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    expect(response.statusCode).to.equal(413);
    expect(await failure(stillId)).to.equal('pictureTooLarge');
    sending.destroy();
  });

  it('refuses what turns out to be larger', async () => {
    const { stillId, upload } = await expectStill();
    const sending = begin(upload, { 'transfer-encoding': 'chunked' });
    sending.write(jpegPicture({ sizeBytes: MAX_BYTES + 1 }));
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    expect(response.statusCode).to.equal(413);
    expect(await failure(stillId)).to.equal('pictureTooLarge');
    sending.destroy();
  });

  it('can be done once', async () => {
    const { upload } = await expectStill();
    expect((await sendPicture(node, upload)).status).to.equal(201);
    const again = await sendPicture(node, upload);
    expect([again.status, await codeOf(again)]).to.deep.equal([404, 'stillNotFound']);
    expect(host.client.received('stillAdded')).to.have.length(1);
  });

  it('needs its own token', async () => {
    const { upload } = await expectStill();
    const other = await visitors.join('other');
    const face = { participantId: other.participantId, source: 'camera' } as const;
    await other.client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(9) });
    await host.client.request('requestStill', face);
    const { upload: others } = await other.client.notification('stillRequested');
    for (const token of [others.token, `${upload.token}x`, upload.token.slice(1), upload.token.toLowerCase()]) {
      const sent = await sendPicture(node, { path: upload.path, token });
      expect([sent.status, await codeOf(sent)]).to.deep.equal([404, 'stillNotFound']);
    }
    const without = await fetch(node.url + upload.path, { method: 'PUT', body: 'x' });
    expect([without.status, await codeOf(without)]).to.deep.equal([401, 'tokenMissing']);
    expect((await sendPicture(node, upload)).status).to.equal(201);
  });

  it('goes nowhere by tricks in its path', async () => {
    const { upload } = await expectStill();
    const before = await readdir(node.config.dataDir);
    for (const id of ['..%2f..%2fchaxi.sqlite', '%00', '.', 'x'.repeat(5_000), '__proto__', '%F0%9F']) {
      const sent = await sendPicture(node, { path: `/stills/uploads/${id}`, token: upload.token });
      expect(sent.status, id).to.be.within(400, 404);
    }
    expect(await readdir(node.config.dataDir)).to.deep.equal(before);
  });

  it('takes no query that it does not know', async () => {
    const { upload } = await expectStill();
    for (const query of ['?corrected=yes', '?stillId=1']) {
      const sent = await sendPicture(node, upload, undefined, { query });
      expect([sent.status, await codeOf(sent)]).to.deep.equal([400, 'badRequest']);
    }
    expect((await sendPicture(node, upload, undefined, { query: '?corrected=0' })).status).to.equal(201);
  });

  it('may be begun again when it broke off', async () => {
    const { upload } = await expectStill();
    const picture = jpegPicture({ sizeBytes: 100_000 });
    const sending = begin(upload, { 'content-length': picture.length });
    sending.write(picture.subarray(0, 50_000));
    await waitFor('the picture to arrive', async () => (await parts()).length === 1);
    sending.destroy();
    await waitFor('the piece to be gone', async () => (await parts()).length === 0);
    expect((await sendPicture(node, upload, picture)).status).to.equal(201);
    expect((await host.client.notification('stillAdded')).still.sizeBytes).to.equal(picture.length);
  });

  it('takes the place of one that hangs', async () => {
    const { upload } = await expectStill();
    const picture = jpegPicture({ sizeBytes: 100_000 });
    const hanging = begin(upload, { 'content-length': picture.length });
    hanging.write(picture.subarray(0, 50_000));
    const cut = closeOf(hanging);
    await waitFor('the picture to arrive', async () => (await parts()).length === 1);
    expect((await sendPicture(node, upload, picture)).status).to.equal(201);
    await cut;
    await host.client.notification('stillAdded');
    expect(host.client.received('stillFailed')).to.be.empty;
  });

  it('has begun when another asks, who then gets another still', async () => {
    const { stillId, upload } = await expectStill();
    const picture = jpegPicture({ sizeBytes: 100_000 });
    const sending = begin(upload, { 'content-length': picture.length });
    sending.write(picture.subarray(0, 50_000));
    await waitFor('the picture to arrive', async () => (await parts()).length === 1);
    const second = await host.client.request('requestStill', cup);
    expect(second.stillId).to.not.equal(stillId);
    sending.end(picture.subarray(50_000));
    await host.client.notification('stillAdded', ({ still }) => still.stillId === stillId);
  });

  it('ends with the session whose camera it is', async () => {
    const { upload } = await expectStill();
    const sending = begin(upload, { 'content-length': 100_000 });
    sending.write(jpegPicture());
    await waitFor('the picture to arrive', async () => (await parts()).length === 1);
    const cut = closeOf(sending);
    await host.client.request('leave', {});
    await cut;
  });

  it('is open to the pages that may use the server, and to no others', async () => {
    const { upload } = await expectStill();
    const ask = (origin: string) =>
      fetch(node.url + upload.path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'authorization,content-type',
        },
      });
    const allowed = await ask(SHOP);
    expect(allowed.headers.get('access-control-allow-origin')).to.equal(SHOP);
    expect(allowed.headers.get('access-control-allow-methods')).to.include('PUT');
    expect(allowed.headers.get('access-control-allow-headers')).to.include('Authorization');
    expect((await ask('https://evil.example')).status).to.equal(403);
    const evil = await sendPicture(node, upload, undefined, { headers: { origin: 'https://evil.example' } });
    expect(await codeOf(evil)).to.equal('originNotAllowed');
    const good = await sendPicture(node, upload, undefined, { headers: { origin: SHOP } });
    expect(good.headers.get('access-control-allow-origin')).to.equal(SHOP);
  });
});
