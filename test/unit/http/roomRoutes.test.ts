import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { limits } from '../../../protocol/limits.ts';
import { roomNameSchema } from '../../../protocol/participants.ts';
import { roomDetailSchema, roomListSchema, roomSchema } from '../../../protocol/rest.ts';
import { appForSuite, basicAuth, errorCodeOf, FakeRooms } from './startHttpApp.ts';

describe('the REST of rooms', () => {
  const app = appForSuite(() => ({ config: { http: { rateLimitPerMinute: 1_000_000 } }, rooms: new FakeRooms() }));

  function call(method: string, path: string, body?: unknown, headers: Record<string, string> = basicAuth()) {
    return fetch(`${app.current.url}/v1/rooms${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  it('creates a room with its address, reads it, lists it, and closes it', async () => {
    const settings = { name: '春茶 / 品鉴', maxParticipants: 4, emptyTimeoutMs: 0, lobby: true, metadata: 'x' };
    const created = await call('POST', '', settings);
    expect(created.status).to.equal(201);
    expect(roomSchema.parse(await created.json())).to.include(settings);
    const location = created.headers.get('Location');
    expect(location).to.equal(`/v1/rooms/${encodeURIComponent(settings.name)}`);

    const read = await fetch(`${app.current.url}${location}`, { headers: basicAuth() });
    expect(read.status).to.equal(200);
    expect(roomDetailSchema.parse(await read.json())).to.include(settings);

    const listed = roomListSchema.parse(await (await call('GET', '')).json());
    expect(listed.rooms.map(({ name }) => name)).to.deep.equal([settings.name]);

    const closed = await fetch(`${app.current.url}${location}`, { method: 'DELETE', headers: basicAuth() });
    expect(closed.status).to.equal(204);
    expect(await errorCodeOf(await call('GET', `/${encodeURIComponent(settings.name)}`))).to.equal('roomNotFound');
  });

  it('finds every room again at the address that it gave, whatever its name', async () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: limits.nameLength });
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        fc.pre(roomNameSchema.safeParse(text).success);
        const created = await call('POST', '', { name: text });
        expect(created.status).to.equal(201);
        const address = `${app.current.url}${created.headers.get('Location')}`;
        const read = await fetch(address, { headers: basicAuth() });
        expect(((await read.json()) as { name: string }).name).to.equal(text);
        expect((await fetch(address, { method: 'DELETE', headers: basicAuth() })).status).to.equal(204);
      }),
      { numRuns: 50 },
    );
  });

  it('shows a shop nothing of the rooms of another', async () => {
    await call('POST', '', { name: 'mine' });
    const others = basicAuth('other');
    expect(await (await call('GET', '', undefined, others)).json()).to.deep.equal({ rooms: [] });
    expect(await errorCodeOf(await call('GET', '/mine', undefined, others))).to.equal('roomNotFound');
    expect(await errorCodeOf(await call('DELETE', '/mine', undefined, others))).to.equal('roomNotFound');
    expect((await call('POST', '', { name: 'mine' }, others)).status).to.equal(201);
    expect((await call('DELETE', '/mine')).status).to.equal(204);
  });

  for (const [method, path] of [
    ['GET', ''],
    ['POST', ''],
    ['GET', '/tea'],
    ['DELETE', '/tea'],
  ] as const) {
    it(`refuses ${method} ${path || '/'} without the right credentials`, async () => {
      const wrong: Record<string, string>[] = [{}, { Authorization: 'Basic c2hvcDp3cm9uZw==' }];
      for (const headers of wrong) {
        const response = await call(method, path, undefined, headers);
        expect(response.status).to.equal(401);
        expect(response.headers.get('WWW-Authenticate')).to.equal('Basic realm="chaxi"');
        expect(await errorCodeOf(response)).to.equal('credentialsInvalid');
      }
    });
  }

  const name = 'bad';
  for (const [title, body, path] of [
    ['no name', {}, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a name of a control character', { name: 'a\n' }, 'name'],
    ['a name of half a character', { name: '\ud800' }, 'name'],
    ['a name that is a step of a path', { name: '..' }, 'name'],
    ['a name that is too long', { name: 'x'.repeat(limits.nameLength + 1) }, 'name'],
    ['a number of participants that is none', { name, maxParticipants: 'four' }, 'maxParticipants'],
    ['no participants', { name, maxParticipants: 0 }, 'maxParticipants'],
    ['a negative time', { name, emptyTimeoutMs: -1 }, 'emptyTimeoutMs'],
    ['metadata that is no text', { name, metadata: {} }, 'metadata'],
    ['an unknown setting', { name, colour: 'green' }, undefined],
    ['a list', [], undefined],
    ['broken JSON', '{"name": ', undefined],
    ['a bare word', '"tea"', undefined],
  ] as const) {
    it(`refuses a room with ${title}`, async () => {
      const response = await call('POST', '', body);
      expect(response.status).to.equal(400);
      const { error } = (await response.json()) as { error: { code: string; path?: string } };
      expect(error.code).to.equal('badRequest');
      expect(error.path || undefined).to.equal(path);
    });
  }

  it('refuses a room that exists', async () => {
    await call('POST', '', { name: 'twice' });
    const response = await call('POST', '', { name: 'twice' });
    expect([response.status, await errorCodeOf(response)]).to.deep.equal([409, 'roomExists']);
  });

  for (const [title, headers, body, code] of [
    ['another content type', { 'Content-Type': 'text/plain' }, '{"name":"a"}', 'badRequest'],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'name=a', 'badRequest'],
    ['no body', { 'Content-Type': 'application/json' }, undefined, 'badRequest'],
    ['an unknown charset', { 'Content-Type': 'application/json; charset=klingon' }, '{}', 'badRequest'],
    ['an unknown encoding', { 'Content-Type': 'application/json', 'Content-Encoding': 'lzma' }, '{}', 'badRequest'],
    ['a damaged encoding', { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }, 'abc', 'badRequest'],
    ['a large body', { 'Content-Type': 'application/json' }, `"${'x'.repeat(limits.messageBytes)}"`, 'messageTooLarge'],
    [
      'a body that is large once it is unpacked',
      { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      gzipSync(`"${'x'.repeat(limits.messageBytes * 10)}"`),
      'messageTooLarge',
    ],
  ] as const) {
    it(`refuses ${title} with ${code}`, async () => {
      const response = await fetch(`${app.current.url}/v1/rooms`, {
        method: 'POST',
        headers: { ...basicAuth(), ...headers },
        body: typeof body === 'object' ? new Uint8Array(body) : body,
      });
      expect(await errorCodeOf(response)).to.equal(code);
    });
  }

  it('answers any body with a room or a coded error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (body) => {
        const response = await call('POST', '', body);
        expect(response.status).to.be.oneOf([201, 400]);
      }),
    );
  });

  it('lets nothing be stored by caches', async () => {
    expect((await call('GET', '')).headers.get('Cache-Control')).to.equal('no-store');
  });
});
