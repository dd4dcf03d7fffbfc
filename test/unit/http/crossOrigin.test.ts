import { expect } from 'chai';
import { appForSuite, basicAuth, errorCodeOf } from './startHttpApp.ts';

const SHOP = 'https://shop.example';

describe('crossOrigin', () => {
  describe('with one origin in the configuration', () => {
    const app = appForSuite(() => ({ config: { http: { corsOrigins: [SHOP] } } }));
    const get = (origin?: string) =>
      fetch(`${app.current.url}/v1/rooms`, { headers: { ...basicAuth(), ...(origin ? { Origin: origin } : {}) } });

    it('lets pages of that origin read the answer', async () => {
      const response = await get(SHOP);
      expect(response.status).to.equal(200);
      expect(response.headers.get('Access-Control-Allow-Origin')).to.equal(SHOP);
      expect(response.headers.get('Vary')).to.include('Origin');
    });

    it('lets own pages and backends in', async () => {
      expect((await get(app.current.url)).status).to.equal(200);
      expect((await get()).status).to.equal(200);
    });

    it('refuses pages of other origins before anything is done', async () => {
      for (const origin of ['https://evil.example', 'null']) {
        const response = await get(origin);
        expect([response.status, await errorCodeOf(response)]).to.deep.equal([403, 'originNotAllowed']);
        expect(response.headers.has('Access-Control-Allow-Origin')).to.equal(false);
      }
    });

    it('answers the question before a request (preflight)', async () => {
      const ask = (origin: string) =>
        fetch(`${app.current.url}/v1/rooms`, {
          method: 'OPTIONS',
          headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
        });
      const allowed = await ask(SHOP);
      expect(allowed.status).to.equal(204);
      expect(allowed.headers.get('Access-Control-Allow-Headers')).to.include('Authorization');
      expect((await ask('https://evil.example')).status).to.equal(403);
    });
  });

  describe('with * in the configuration', () => {
    const app = appForSuite(() => ({ config: { http: { corsOrigins: ['*'] } } }));

    it('lets every page read the answer', async () => {
      const headers = { ...basicAuth(), Origin: 'https://any.example' };
      const response = await fetch(`${app.current.url}/v1/rooms`, { headers });
      expect(response.headers.get('Access-Control-Allow-Origin')).to.equal('*');
    });
  });
});
