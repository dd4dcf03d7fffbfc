import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stillListSchema } from '../../protocol/rest.ts';
import type { StillInfo } from '../../protocol/stills.ts';
import { jpegPicture } from '../helpers/pictures.ts';
import { callRest } from '../helpers/restClient.ts';
import { showCup, takeStill } from '../helpers/stills.ts';
import { API_KEY, OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';

describe('kept stills', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const picture = jpegPicture({ sizeBytes: 5_000 });
  let host: Visitor;
  let still: StillInfo;

  before(async () => (node = await startTestServer({ http: { corsOrigins: ['https://shop.example'] } })));
  beforeEach(async () => {
    host = await visitors.join('host', { role: 'host', room: '春茶 / 品鉴' });
    await showCup(host);
    still = await takeStill(node, host, host, picture);
  });
  afterEach(() => visitors.clear());
  after(() => node.close());

  const look = (init: RequestInit = {}, path = still.path) => fetch(node.url + path, init);
  const restPath = `/rooms/${encodeURIComponent('春茶 / 品鉴')}/stills`;

  describe('at their address', () => {
    it('are shown, and do nothing but show themselves', async () => {
      const response = await look();
      expect(response.status).to.equal(200);
      expect(Object.fromEntries(response.headers)).to.include({
        'content-type': 'image/jpeg',
        'content-length': '5000',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
        'cache-control': 'private, max-age=31536000, immutable',
        'content-disposition': `inline; filename="teaCloseUp-${new Date(still.takenAt).toISOString().slice(0, 19).replaceAll(':', '-')}Z.jpg"`,
      });
    });

    it('are answered without their bytes where those are known', async () => {
      const etag = (await look()).headers.get('etag') ?? '';
      // fetch itself would ask for no cache.
      const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
      expect((await look({ headers })).status).to.equal(304);
      const head = await look({ method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).to.deep.equal([200, '5000']);
    });

    it('are answered in parts', async () => {
      const part = await look({ headers: { range: 'bytes=100-199' } });
      expect([part.status, part.headers.get('content-range')]).to.deep.equal([206, 'bytes 100-199/5000']);
      expect(Buffer.from(await part.arrayBuffer()).equals(picture.subarray(100, 200))).to.equal(true);
      const beyond = await look({ headers: { range: 'bytes=9000-' } });
      expect([beyond.status, beyond.headers.get('content-range')]).to.deep.equal([416, 'bytes */5000']);
      expect(await beyond.text()).to.equal('');
      expect(beyond.headers.get('cache-control')).to.equal('no-store');
      for (const name of ['etag', 'content-type', 'content-disposition']) {
        expect(beyond.headers.get(name), name).to.equal(null);
      }
    });

    it('can be read by the pages that may use the server alone', async () => {
      const shop = await look({ headers: { origin: 'https://shop.example' } });
      expect(shop.headers.get('access-control-allow-origin')).to.equal('https://shop.example');
      expect(shop.headers.get('vary')).to.include('Origin');
      expect((await look({ headers: { origin: 'https://evil.example' } })).status).to.equal(403);
    });

    it('can not be guessed, nor reached by their id or by tricks', async () => {
      expect(still.path).to.match(/^\/stills\/[A-Za-z0-9_-]{43}$/);
      const files = await readdir(join(node.config.dataDir, 'stills'));
      for (const key of [
        still.stillId,
        files[0]!,
        randomBytes(32).toString('base64url'),
        still.path.slice(8).toLowerCase(),
        '..%2fchaxi.sqlite',
        '%2e%2e%2fchaxi.sqlite',
        '%00',
        '%F0%9F',
        'x'.repeat(5_000),
      ]) {
        const response = await look({}, `/stills/${key}`);
        expect(response.status, key).to.be.within(400, 404);
        expect(await response.text()).to.match(/"code":"(stillNotFound|badRequest|notFound)"/);
      }
      expect((await look({ method: 'DELETE' })).status).to.equal(404);
    });

    it('are not found any more when their file is lost', async () => {
      await rm(join(node.config.dataDir, 'stills', `${still.stillId}.jpg`));
      const response = await look();
      expect(response.status).to.equal(404);
      expect(await response.json()).to.have.nested.property('error.code', 'stillNotFound');
    });
  });

  describe('for the backend of the shop', () => {
    it('are listed page by page, also when the room is closed', async () => {
      const newer = await takeStill(node, host, host, picture);
      await node.server.registry.closeRoom(API_KEY, '春茶 / 品鉴');
      const listed = async (query: string) => {
        const { status, body } = await callRest(node, 'GET', `${restPath}${query}`);
        expect(status).to.equal(200);
        return stillListSchema.parse(body).stills;
      };
      expect((await listed('')).slice(0, 2)).to.deep.equal([newer, still]);
      expect(await listed('?limit=1')).to.deep.equal([newer]);
      expect(await listed(`?before=${newer.stillId}&limit=1`)).to.deep.equal([still]);
    });

    for (const query of ['?limit=0', '?limit=101', '?limit=x', '?before=', '?other=1']) {
      it(`are not listed for ${query}`, async () => {
        const { status, body } = await callRest(node, 'GET', `${restPath}${query}`);
        expect(status).to.equal(400);
        expect(body).to.have.nested.property('error.code', 'badRequest');
      });
    }

    it('are removed for everyone in the room', async () => {
      const { stillId } = still;
      expect((await callRest(node, 'DELETE', `${restPath}/${stillId}`)).status).to.equal(204);
      expect(await host.client.notification('stillRemoved')).to.deep.equal({ stillId });
      expect((await look()).status).to.equal(404);
      const again = await callRest(node, 'DELETE', `${restPath}/${stillId}`);
      expect(again.status).to.equal(404);
      expect(again.body).to.have.nested.property('error.code', 'stillNotFound');
    });

    it('are those of its own rooms alone', async () => {
      const credentials = `${OTHER_KEY}:${OTHER_SECRET}`;
      const { body } = await callRest(node, 'GET', restPath, undefined, credentials);
      expect(body).to.deep.equal({ stills: [] });
      const removal = await callRest(node, 'DELETE', `${restPath}/${still.stillId}`, undefined, credentials);
      expect(removal.status).to.equal(404);
      expect((await callRest(node, 'DELETE', `/rooms/other/stills/${still.stillId}`)).status).to.equal(404);
      expect((await look()).status).to.equal(200);
      expect((await callRest(node, 'GET', restPath, undefined, 'a:b')).status).to.equal(401);
      expect((await callRest(node, 'DELETE', `${restPath}/${still.stillId}`, undefined, 'a:b')).status).to.equal(401);
    });
  });
});
