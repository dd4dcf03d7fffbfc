import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { appForSuite, errorCodeOf } from './startHttpApp.ts';

const files = {
  'web/index.html': '<title>index</title>',
  'web/room.html': '<title>room</title>',
  'web/card.html': '<title>card</title>',
  'web/counter.html': '<title>counter</title>',
  'web/chat.html': '<title>chat</title>',
  'web/pages/room.js': 'room()',
  'web/chaxi-room.js': 'element()',
  'web/chaxi-chat.js': 'chat()',
  'web/chunks/player-ABCD1234.js': 'player()',
  'web/.hidden': 'hidden',
  'sdk/chaxi-client.js': 'sdk()',
  'sdk/chaxi-client.js.map': '{}',
  'sdk/chaxi-messages.js': 'messages()',
  'sdk/chaxi-color.js': 'color()',
  'sdk/index.d.ts': 'types',
  'secret.txt': 'secret',
};

describe('staticFiles', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'chaxi-test-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  describe('with bundles', () => {
    const app = appForSuite(() => ({ staticFolders: { pages: join(folder, 'web'), sdk: join(folder, 'sdk') } }));
    const get = (path: string, headers = {}) => fetch(`${app.current.url}${path}`, { headers, redirect: 'manual' });

    for (const [path, file] of [
      ['/', 'web/index.html'],
      ['/room', 'web/room.html'],
      ['/room?lang=zh', 'web/room.html'],
      ['/card', 'web/card.html'],
      ['/counter', 'web/counter.html'],
      ['/chat', 'web/chat.html'],
      ['/pages/room.js', 'web/pages/room.js'],
      ['/chaxi-room.js', 'web/chaxi-room.js'],
      ['/chaxi-chat.js', 'web/chaxi-chat.js'],
      ['/chunks/player-ABCD1234.js', 'web/chunks/player-ABCD1234.js'],
      ['/chaxi-client.js', 'sdk/chaxi-client.js'],
      ['/chaxi-client.js.map', 'sdk/chaxi-client.js.map'],
      ['/chaxi-messages.js', 'sdk/chaxi-messages.js'],
      ['/chaxi-color.js', 'sdk/chaxi-color.js'],
    ] as const) {
      it(`serves ${file} at ${path}`, async () => {
        const response = await get(path);
        expect([response.status, await response.text()]).to.deep.equal([200, files[file]]);
      });
    }

    for (const path of ['/.hidden', '/index.d.ts', '/..%2fsecret.txt', '/pages', '/pages/', '/chaxi-client-none.js']) {
      it(`has nothing at ${path}`, async () => {
        const response = await get(path);
        expect([response.status, await errorCodeOf(response)]).to.deep.equal([404, 'notFound']);
      });
    }

    it('lets a browser keep chunks for good, and ask for everything else by its ETag', async () => {
      expect((await get('/chunks/player-ABCD1234.js')).headers.get('Cache-Control')).to.include('immutable');
      const page = await get('/room');
      expect(page.headers.get('Cache-Control')).to.equal('no-cache');
      // fetch adds no-cache unless told otherwise.
      const etag = page.headers.get('ETag') ?? '';
      const again = await get('/room', { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' });
      expect(again.status).to.equal(304);
    });

    it('lets pages of every shop load scripts, but not read pages', async () => {
      for (const path of ['/chaxi-room.js', '/chaxi-client.js', '/chunks/player-ABCD1234.js']) {
        const { headers } = await get(path, { Origin: 'https://shop.example' });
        expect(headers.get('Access-Control-Allow-Origin'), path).to.equal('*');
        expect(headers.get('Cross-Origin-Resource-Policy'), path).to.equal('cross-origin');
      }
      const { headers } = await get('/room', { Origin: 'https://shop.example' });
      expect(headers.has('Access-Control-Allow-Origin')).to.equal(false);
      expect(headers.get('Cross-Origin-Resource-Policy')).to.equal('same-origin');
    });
  });

  describe('without bundles', () => {
    const app = appForSuite(() => ({ staticFolders: { pages: join(folder, 'none'), sdk: join(folder, 'none') } }));

    for (const path of ['/', '/room', '/card', '/chaxi-room.js', '/chaxi-client.js', '/chaxi-color.js']) {
      it(`says at ${path} how to build them`, async () => {
        const response = await fetch(`${app.current.url}${path}`);
        expect(response.status).to.equal(404);
        expect(await response.text()).to.include('scripts/setup.mjs');
      });
    }

    it('warns in the log', () => {
      expect(app.current.logs.filter((line) => line.level === 'warn')).to.have.lengthOf(1);
    });
  });
});
