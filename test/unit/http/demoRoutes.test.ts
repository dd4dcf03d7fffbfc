import { get } from 'node:http';
import { expect } from 'chai';
import { startHttpApp, type StartOptions } from './startHttpApp.ts';

const links = [{ role: 'host' as const, url: 'http://127.0.0.1:4480/room#token=abc' }];
const demoLinks = () => Promise.resolve(links);

/** Unlike fetch it sends any Host. */
async function askForLinks(options: StartOptions, headers: Record<string, string>): Promise<[number, unknown]> {
  const app = await startHttpApp(options);
  try {
    return await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port: app.port, path: '/demo.json', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve([response.statusCode ?? 0, JSON.parse(text)]));
      }).on('error', reject);
    });
  } finally {
    await app.close();
  }
}

describe('demoRoutes', () => {
  const development = { config: { mode: 'development' }, demoLinks };

  for (const host of ['localhost:4480', '127.0.0.1:4480', '[::1]:4480', 'localhost']) {
    it(`gives the links to this machine's own browser at ${host}`, async () => {
      expect(await askForLinks(development, { Host: host })).to.deep.equal([200, { links }]);
    });
  }

  for (const [title, options, headers] of [
    ['in production', { demoLinks }, {}],
    ['without a demo room', { config: { mode: 'development' } }, {}],
    ['to a page that a foreign name led here (DNS rebinding)', development, { Host: 'evil.example:4480' }],
    ['to a name that begins like an own', development, { Host: 'localhost.evil.example' }],
    ['to whoever stands behind a proxy', development, { 'X-Forwarded-For': '203.0.113.1' }],
    ['to whoever stands behind a modern proxy', development, { Forwarded: 'for=203.0.113.1' }],
  ] as const) {
    it(`does not give them ${title}`, async () => {
      const [status, body] = await askForLinks(options, headers);
      expect(status).to.equal(404);
      expect(body).to.have.nested.property('error.code', 'notFound');
    });
  }
});
