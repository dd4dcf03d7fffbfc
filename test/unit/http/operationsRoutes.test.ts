import { expect } from 'chai';
import { appForSuite, errorCodeOf } from './startHttpApp.ts';

describe('operationsRoutes', () => {
  let live = true;
  let reasons: string[] = [];
  const app = appForSuite(() => ({
    health: { live: () => live, ready: () => ({ ready: reasons.length === 0, reasons }) },
  }));
  beforeEach(() => {
    live = true;
    reasons = [];
  });
  const get = (path: string) => fetch(`${app.current.url}${path}`);

  it('says 200 while the server is alive and 503 when it is not', async () => {
    expect((await get('/healthz')).status).to.equal(200);
    live = false;
    const response = await get('/healthz');
    expect([response.status, await response.json()]).to.deep.equal([503, { live: false }]);
  });

  it('says whether the server is ready, and why not', async () => {
    expect((await get('/readyz')).status).to.equal(200);
    reasons = ['draining'];
    const response = await get('/readyz');
    expect([response.status, await response.json()]).to.deep.equal([503, { ready: false, reasons: ['draining'] }]);
  });

  it('gives metrics in the format of Prometheus', async () => {
    const response = await get('/metrics');
    expect(response.headers.get('Content-Type')).to.include('text/plain').and.include('version=0.0.4');
    expect(await response.text()).to.include('# TYPE chaxi_rooms gauge');
  });

  it('answers a failed scrape with an error, and the next one with metrics', async () => {
    app.current.metrics.setCollector(() => Promise.reject(new Error('a worker died')));
    const failed = await get('/metrics');
    expect([failed.status, await errorCodeOf(failed)]).to.deep.equal([500, 'internal']);
    app.current.metrics.setCollector(() =>
      Promise.resolve({
        nodes: 1,
        messagingSockets: 7,
        rooms: 7,
        participants: [],
        networks: [],
        producers: [],
        consumers: [],
        incomingBitrateBps: 0,
        outgoingBitrateBps: 0,
        workers: [],
      }),
    );
    expect(await (await get('/metrics')).text()).to.include('chaxi_rooms 7');
  });

  it('is never cached', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await get(path)).headers.get('Cache-Control'), path).to.equal('no-store');
    }
  });
});
