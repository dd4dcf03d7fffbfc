import { expect } from 'chai';
import { SignJWT, UnsecuredJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { roleGrants } from '../../protocol/grants.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { callRest } from '../helpers/restClient.ts';
import {
  API_KEY,
  API_SECRET,
  OTHER_KEY,
  OTHER_SECRET,
  startTestServer,
  type TestServer,
} from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';

const now = () => Math.floor(Date.now() / 1_000);
const claims = (): JWTPayload => ({ iss: API_KEY, sub: 'li', room: 'tea', role: 'guest', exp: now() + 60 });
const sign = (payload: JWTPayload, secret = API_SECRET, header: JWTHeaderParameters = { alg: 'HS256' }) =>
  new SignJWT(payload).setProtectedHeader(header).sign(new TextEncoder().encode(secret));
/** Another payload under the signature of a good token. */
async function tamper(change: JWTPayload): Promise<string> {
  const [header, , signature] = (await sign(claims())).split('.');
  return [header, Buffer.from(JSON.stringify({ ...claims(), ...change })).toString('base64url'), signature].join('.');
}

describe('access tokens at the door', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);

  before(async () => (node = await startTestServer({ http: { corsOrigins: ['https://shop.example'] } })));
  afterEach(() => visitors.clear());
  after(() => node.close());

  const cases: [says: string, token: () => string | Promise<string>, code: string][] = [
    ['that are missing', () => '', 'tokenMissing'],
    ['that are no JWT', () => 'let me in', 'tokenInvalid'],
    ['that have expired', () => sign({ ...claims(), exp: now() - 60 }), 'tokenExpired'],
    [
      'that have expired and are signed by a stranger',
      () => sign({ ...claims(), exp: now() - 60 }, 'x'.repeat(40)),
      'tokenInvalid',
    ],
    ['that are not valid yet', () => sign({ ...claims(), nbf: now() + 60 }), 'tokenInvalid'],
    ['that never expire', () => sign({ ...claims(), exp: undefined }), 'tokenInvalid'],
    ['that were changed', () => tamper({ role: 'host' }), 'tokenInvalid'],
    ['that have lost their signature', async () => (await sign(claims())).replace(/[^.]*$/, ''), 'tokenInvalid'],
    ['that another shop signed', () => sign(claims(), OTHER_SECRET), 'tokenInvalid'],
    ['of a key that nobody knows', () => sign({ ...claims(), iss: 'nobody' }), 'tokenInvalid'],
    ['of a key named like a property of objects', () => sign({ ...claims(), iss: 'constructor' }), 'tokenInvalid'],
    ['without a key', () => sign({ ...claims(), iss: undefined }), 'tokenInvalid'],
    ['without signature by their own word', () => new UnsecuredJWT(claims()).encode(), 'tokenInvalid'],
    [
      'signed with a longer hash than agreed',
      () => sign(claims(), API_SECRET.repeat(2), { alg: 'HS512' }),
      'tokenInvalid',
    ],
    ['that are of another kind', () => sign(claims(), API_SECRET, { alg: 'HS256', typ: 'at+jwt' }), 'tokenInvalid'],
    ['without a room', () => sign({ ...claims(), room: undefined }), 'tokenInvalid'],
    ['with a role that there is not', () => sign({ ...claims(), role: 'owner' }), 'tokenInvalid'],
    ['with grants that are none', () => sign({ ...claims(), grants: { admit: 'yes' } }), 'tokenInvalid'],
    [
      'with a source that there is not',
      () => sign({ ...claims(), grants: { publish: ['everything'] } }),
      'tokenInvalid',
    ],
    ['with an endless identity', () => sign({ ...claims(), sub: 'x'.repeat(129) }), 'tokenInvalid'],
  ];
  for (const [says, token, code] of cases) {
    it(`are refused ${says}`, async () => {
      const client = await SignalingClient.open(node.url, await token());
      try {
        expect((await client.refusal()).code).to.equal(code);
        expect(node.server.registry.size).to.equal(0);
      } finally {
        client.cut();
      }
    });
  }

  it('are taken with what they grant, whatever the role', async () => {
    const visitor = await visitors.join('li', { grants: { publish: ['microphone'], moderate: true } });
    expect(visitor.snapshot.grants).to.deep.equal({
      ...roleGrants.guest,
      publish: ['microphone'],
      moderate: true,
    });
  });

  it('give the hidden nothing to send with, even where the token grants a source', async () => {
    const visitor = await visitors.join('li', { grants: { publish: ['camera'], hidden: true } });
    expect(visitor.snapshot.grants.publish).to.be.empty;
    expect(visitor.snapshot.media?.send).to.equal(null);
  });

  it('are not needed to take up a session, whose secret stands for them', async () => {
    const visitor = await visitors.join('li');
    visitor.client.cut();
    const { sessionId, resumeSecret: secret } = visitor.snapshot;
    const hello = { resume: { sessionId, secret } };
    const token = await sign({ ...claims(), exp: 1 });
    const { client, snapshot } = await SignalingClient.join(visitor.url, token, { hello });
    expect(snapshot.resumed).to.equal(true);
    client.cut();
  });

  it('are needed where the session is gone', async () => {
    const visitor = await visitors.join('li');
    await visitor.client.request('leave', {});
    const { sessionId, resumeSecret: secret } = visitor.snapshot;
    const hello = { resume: { sessionId, secret } };
    const client = await SignalingClient.open(node.url, '', { hello });
    expect((await client.refusal()).code).to.equal('tokenMissing');
    client.cut();
  });

  describe('of two shops', () => {
    const other = { apiKey: OTHER_KEY, apiSecret: OTHER_SECRET };

    it('lead to two rooms of the same name', async () => {
      const mine = await visitors.join('li', { role: 'host' });
      const theirs = await visitors.join('li', { ...other, role: 'host' });
      expect(theirs.snapshot.participants).to.be.empty;
      expect(node.server.registry.size).to.equal(2);
      const refusal = await theirs.client.refusalOf('removeParticipant', { participantId: mine.participantId });
      expect(refusal).to.include({ code: 'participantNotFound' });
      await theirs.client.request('setMetadata', { metadata: 'theirs' });
      await mine.client.request('join', {});
      expect(mine.client.notifications.map(({ name }) => name)).to.deep.equal(['welcome']);
    });

    it('keep each other out of REST', async () => {
      const credentials = `${OTHER_KEY}:${OTHER_SECRET}`;
      await visitors.join('li');
      expect((await callRest(node, 'GET', '/rooms', undefined, credentials)).body).to.deep.equal({ rooms: [] });
      for (const method of ['GET', 'DELETE'] as const) {
        const answer = await callRest(node, method, '/rooms/tea', undefined, credentials);
        expect(answer).to.have.property('status', 404);
      }
      expect((await callRest(node, 'POST', '/rooms', { name: 'tea' }, credentials)).status).to.equal(201);
      expect(node.server.registry.size).to.equal(2);
    });
  });

  describe('from a page', () => {
    it('of the shop are taken', async () => {
      await visitors.join('li', { headers: { origin: 'https://shop.example' } });
    });

    it('of the server itself are taken', async () => {
      await visitors.join('li', { headers: { origin: node.url } });
    });

    for (const origin of [
      'https://evil.example',
      'https://shop.example.evil',
      'http://shop.example',
      'null',
      'https://',
    ]) {
      it(`at ${origin} are refused, good as they are`, async () => {
        const client = await visitors.open('li', { headers: { origin } });
        expect((await client.refusal()).code).to.equal('originNotAllowed');
        expect(node.server.registry.size).to.equal(0);
      });
    }

    it('elsewhere can not take up a session either', async () => {
      const visitor = await visitors.join('li');
      const { sessionId, resumeSecret: secret } = visitor.snapshot;
      const client = await visitors.open('li', {
        headers: { origin: 'https://evil.example' },
        hello: { resume: { sessionId, secret } },
      });
      expect((await client.refusal()).code).to.equal('originNotAllowed');
      expect((await visitor.client.request('join', {})).stage).to.equal('joined');
    });
  });
});
