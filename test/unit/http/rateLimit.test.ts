import { expect } from 'chai';
import { appForSuite, basicAuth, errorCodeOf } from './startHttpApp.ts';

describe('rateLimit', () => {
  const app = appForSuite(() => ({ config: { http: { rateLimitPerMinute: 3, trustProxy: 1 } } }));
  const get = (path: string, address: string) =>
    fetch(`${app.current.url}${path}`, { headers: { ...basicAuth(), 'X-Forwarded-For': address } });

  it('refuses an address that asks too often, and says when to come again', async () => {
    for (let count = 0; count < 3; count += 1) {
      expect((await get('/v1/rooms', '203.0.113.1')).status).to.equal(200);
    }
    const refused = await get('/v1/rooms', '203.0.113.1');
    expect([refused.status, await errorCodeOf(refused)]).to.deep.equal([429, 'rateLimited']);
    expect(Number(refused.headers.get('Retry-After'))).to.be.within(1, 60);
  });

  it('counts each address for itself', async () => {
    expect((await get('/v1/rooms', '203.0.113.2')).status).to.equal(200);
  });

  it('counts guesses of credentials too', async () => {
    const guess = () =>
      fetch(`${app.current.url}/v1/rooms`, {
        headers: { Authorization: 'Basic eDp5', 'X-Forwarded-For': '203.0.113.3' },
      });
    for (let count = 0; count < 3; count += 1) {
      expect((await guess()).status).to.equal(401);
    }
    expect((await guess()).status).to.equal(429);
  });

  it('never hides health', async () => {
    for (let count = 0; count < 10; count += 1) {
      expect((await get('/healthz', '203.0.113.1')).status).to.equal(200);
      expect((await get('/readyz', '203.0.113.1')).status).to.equal(200);
    }
  });

  it('limits scrapes, but not by what REST used up', async () => {
    expect((await get('/metrics', '203.0.113.1')).status).to.equal(200);
    await get('/metrics', '203.0.113.1');
    await get('/metrics', '203.0.113.1');
    expect((await get('/metrics', '203.0.113.1')).status).to.equal(429);
  });
});
