import { request } from 'node:http';
import { expect } from 'chai';
import fc from 'fast-check';
import { isErrorCode } from '../../../protocol/errorCodes.ts';
import { waitFor } from '../../helpers/waitFor.ts';
import { appForSuite, basicAuth, errorCodeOf, FakeRooms, startHttpApp } from './startHttpApp.ts';

describe('the http app', () => {
  const app = appForSuite(() => ({ config: { http: { rateLimitPerMinute: 1_000_000 } } }));

  for (const [method, path] of [
    ['GET', '/nothing'],
    ['POST', '/'],
    ['PUT', '/v1/rooms'],
    ['DELETE', '/v1'],
    ['GET', '/v1/tokens'],
    ['GET', '/v1/rooms/a/b'],
  ] as const) {
    it(`answers ${method} ${path} with a coded 404`, async () => {
      const response = await fetch(`${app.current.url}${path}`, { method, headers: basicAuth() });
      expect([response.status, await errorCodeOf(response)]).to.deep.equal([404, 'notFound']);
    });
  }

  it('gives every answer an id, and the same id to its log lines', async () => {
    const response = await fetch(`${app.current.url}/nothing?token=hunter2`);
    const requestId = response.headers.get('X-Request-Id');
    expect(requestId).to.match(/^[0-9a-f-]{36}$/);
    const entry = await waitFor('the log line', () =>
      app.current.logs.find((line) => line.requestId === requestId && line.message === 'request'),
    );
    expect(entry).to.include({ method: 'GET', url: '/nothing?token=[hidden]', status: 404 });
    expect(JSON.stringify(app.current.logs)).to.not.include('hunter2');
  });

  it('takes the id of a proxy only where one is trusted, and only a decent one', async () => {
    const idOf = async (url: string, id: string) =>
      (await fetch(url, { headers: { 'X-Request-Id': id } })).headers.get('X-Request-Id');
    expect(await idOf(app.current.url, 'from-outside')).to.not.equal('from-outside');
    const behindProxy = await startHttpApp({ config: { http: { trustProxy: 1 } } });
    try {
      expect(await idOf(behindProxy.url, 'from-proxy')).to.equal('from-proxy');
      expect(await idOf(behindProxy.url, 'a b')).to.not.equal('a b');
    } finally {
      await behindProxy.close();
    }
  });

  it('counts errors by code', async () => {
    await fetch(`${app.current.url}/nothing`);
    expect((await app.current.metrics.render()).text).to.match(/chaxi_errors_total\{code="notFound"\} [1-9]/);
  });

  it('tells nothing of what it did not foresee, and logs it', async () => {
    const rooms = new FakeRooms();
    rooms.createRoom = () => Promise.reject(new Error('the database at 10.0.0.1 said hunter2'));
    rooms.listRooms = () => {
      throw new TypeError('hunter2');
    };
    const failing = await startHttpApp({ rooms });
    try {
      for (const [method, body] of [
        ['POST', '{"name":"a"}'],
        ['GET', undefined],
      ] as const) {
        const headers = { ...basicAuth(), 'Content-Type': 'application/json' };
        const response = await fetch(`${failing.url}/v1/rooms`, { method, headers, body });
        expect(response.status).to.equal(500);
        const text = await response.text();
        expect(text).to.include('"internal"').and.not.include('hunter2').and.not.include('.ts');
      }
      const errors = failing.logs.filter((line) => line.level === 'error');
      expect(errors).to.have.lengthOf(2);
      expect(errors[0]).to.have.nested.property('error.message', 'the database at 10.0.0.1 said hunter2');
    } finally {
      await failing.close();
    }
  });

  it('answers any request with a coded error or what it was asked for', async () => {
    const path = fc.oneof(
      fc.webPath(),
      fc.constantFrom(
        '/v1/rooms',
        '/v1/rooms/tea',
        '/v1/openapi.json',
        '/healthz',
        '/%',
        '/v1/rooms/%E0%A4%A',
        '//x',
        '/..%2f..%2fetc/passwd',
        '/%00',
      ),
    );
    const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND');
    const header = fc.stringMatching(/^[\x20-\x7e]{0,40}$/);
    const headers = fc.record(
      {
        authorization: fc.oneof(header, fc.constant(basicAuth().Authorization)),
        'content-type': fc.oneof(header, fc.constant('application/json')),
        range: header,
        'if-none-match': header,
        accept: header,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(path, method, headers, fc.string(), async (path, method, headers, body) => {
        const { status, text } = await send({
          path,
          method,
          headers,
          body: ['GET', 'HEAD'].includes(method) ? '' : body,
        });
        expect(status).to.be.at.least(200).and.below(500);
        if (status >= 400 && method !== 'HEAD') {
          expect(isErrorCode((JSON.parse(text) as { error: { code: unknown } }).error.code), text).to.equal(true);
        }
      }),
    );
  });

  /** Unlike fetch it sends a path as it is. */
  function send(options: { path: string; method: string; headers: Record<string, string>; body: string }) {
    const { path, method, body } = options;
    const headers = { ...options.headers, 'Content-Length': Buffer.byteLength(body) };
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const outgoing = request({ port: app.current.port, host: '127.0.0.1', path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
});

describe('the headers of the http app', () => {
  const app = appForSuite();

  it('allow pages what a tasting room needs, and nothing else', async () => {
    const { headers } = await fetch(`${app.current.url}/healthz`);
    const policy = new Map(
      (headers.get('Content-Security-Policy') ?? '').split(';').map((directive) => {
        const [name, ...values] = directive.trim().split(' ');
        return [name, values];
      }),
    );
    expect(policy.get('script-src')).to.deep.equal(["'self'"]);
    expect(policy.get('style-src')).to.deep.equal(["'self'"]);
    expect(policy.get('connect-src')).to.deep.equal(["'self'", 'ws:', 'wss:', 'http:', 'https:']);
    // A link may lead to a room, and so to stills, of another server.
    expect(policy.get('img-src')).to.include.members(["'self'", 'http:', 'https:']);
    expect(policy.get('media-src')).to.include.members(["'self'", 'blob:']);
    expect(headers.get('Content-Security-Policy')).to.not.include('unsafe');
    const permissions = headers.get('Permissions-Policy');
    for (const feature of ['camera', 'microphone', 'display-capture', 'speaker-selection', 'autoplay']) {
      expect(permissions).to.include(`${feature}=(self)`);
    }
    expect(headers.get('X-Content-Type-Options')).to.equal('nosniff');
    expect(headers.get('Referrer-Policy')).to.equal('no-referrer');
    expect(headers.has('X-Powered-By')).to.equal(false);
  });

  for (const [publicUrl, sent] of [
    [null, false],
    ['http://tea.example', false],
    ['https://tea.example', true],
  ] as const) {
    it(`${sent ? 'ask' : 'do not ask'} for https for good when the public address is ${publicUrl}`, async () => {
      const other = await startHttpApp({ config: { http: { publicUrl } } });
      try {
        const { headers } = await fetch(`${other.url}/healthz`);
        expect(headers.has('Strict-Transport-Security')).to.equal(sent);
      } finally {
        await other.close();
      }
    });
  }
});
