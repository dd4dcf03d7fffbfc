import { expect } from 'chai';

import type { ReconnectContext } from '../../../../client-sdk/src/policies/reconnectPolicy.ts';
import { Connection, type ConnectionOptions } from '../../../../client-sdk/src/signaling/Connection.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { FakePeer, fakePeers } from '../fakes/FakePeer.ts';
import { snapshot } from '../fakes/infos.ts';
import { rejection } from '../fakes/rejection.ts';
import { silentLogger } from '../fakes/silentLogger.ts';

describe('Connection', () => {
  const made: Connection[] = [];

  afterEach(() => {
    for (const connection of made.splice(0)) connection.close();
  });

  function make(options: Partial<ConnectionOptions> = {}) {
    const { createPeer, peers, latest } = fakePeers();
    const resumes: unknown[] = [];
    const contexts: ReconnectContext[] = [];
    const connection = new Connection({
      url: 'https://tea.example',
      token: () => 'token',
      hello: (resume) => {
        resumes.push(resume);
        return Promise.resolve('hello');
      },
      reconnectPolicy: (context) => {
        contexts.push(context);
        return 0;
      },
      logger: silentLogger,
      createPeer,
      ...options,
    });
    made.push(connection);
    const seen: string[] = [];
    connection.on('socketOpened', () => void seen.push('socketOpened'));
    connection.on('welcome', ({ sessionId }) => void seen.push(`welcome ${sessionId}`));
    connection.on('message', ({ method }) => void seen.push(method));
    connection.on('reconnecting', ({ code }) => void seen.push(`reconnecting ${code}`));
    connection.on('closed', ({ code }) => void seen.push(`closed ${code}`));
    const socket = (count: number) => waitFor(`socket ${count}`, () => peers.length >= count);
    return { connection, peers, latest, seen, resumes, contexts, socket };
  }

  /** A connection that was welcomed. */
  async function opened(options: Partial<ConnectionOptions> = {}) {
    const parts = make(options);
    const opening = parts.connection.open();
    await parts.socket(1);
    parts.latest().emit('open');
    parts.latest().say('welcome', snapshot());
    await opening;
    return parts;
  }

  it('carries token and hello in the address, and opens with the welcome', async () => {
    const { connection, latest, seen, resumes } = await opened();
    expect(Object.fromEntries(latest().url.searchParams)).to.deep.equal({ v: '1', token: 'token', hello: 'hello' });
    expect(seen).to.deep.equal(['socketOpened', 'welcome session']);
    expect(resumes).to.deep.equal([undefined]);
    expect(connection.live).to.equal(true);
  });

  it('rejects the opening with what the server says instead of a welcome, and does not try again', async () => {
    const { connection, latest, peers, socket } = make();
    const opening = rejection(connection.open());
    await socket(1);
    latest().say('closed', { error: { code: 'tokenExpired', message: 'expired' } });
    expect((await opening).code).to.equal('tokenExpired');
    expect(connection.closed).to.equal(true);
    expect(peers).to.have.lengthOf(1);
  });

  it('rejects the opening when the server can not be reached', async () => {
    const { connection, latest, socket } = make();
    const opening = rejection(connection.open());
    await socket(1);
    latest().emit('failed');
    expect((await opening).code).to.equal('serverUnreachable');
  });

  it('rejects the opening when there is no token to be had', async () => {
    const { connection } = make({ token: () => Promise.reject(new Error('the backend is away')) });
    expect((await rejection(connection.open())).code).to.equal('tokenMissing');
  });

  it('comes back to the same session after a loss, with a fresh token', async () => {
    let tokens = 0;
    const { connection, latest, seen, resumes, socket } = await opened({ token: () => `token${++tokens}` });
    latest().emit('disconnected');
    expect(connection.live).to.equal(false);
    await socket(2);
    expect(resumes[1]).to.deep.equal({ sessionId: 'session', secret: 'secret', attempt: 2 });
    expect(latest().url.searchParams.get('token')).to.equal('token2');
    latest().say('welcome', snapshot({ resumed: true }));
    expect(connection.live).to.equal(true);
    expect(seen).to.deep.equal(['socketOpened', 'welcome session', 'reconnecting connectionLost', 'welcome session']);
  });

  it('resumes the latest session, not the first', async () => {
    const { latest, resumes, socket } = await opened();
    latest().emit('disconnected');
    await socket(2);
    latest().say('welcome', snapshot({ sessionId: 'second', resumeSecret: 'other' }));
    latest().emit('disconnected');
    await socket(3);
    expect(resumes[2]).to.deep.equal({ sessionId: 'second', secret: 'other', attempt: 3 });
  });

  it('asks the policy before each attempt, counting them', async () => {
    const { latest, contexts, socket } = await opened();
    latest().emit('disconnected');
    await socket(2);
    latest().emit('failed');
    await socket(3);
    latest().say('closed', { error: { code: 'serverDraining', message: 'bye' } });
    await socket(4);
    expect(contexts.map(({ attempt, error }) => [attempt, error?.code])).to.deep.equal([
      [0, 'connectionLost'],
      [1, 'serverUnreachable'],
      [2, 'serverDraining'],
    ]);
  });

  it('goes where the server sends it, says nothing of it, and comes back to there', async () => {
    let tokens = 0;
    const { connection, latest, peers, seen, socket } = make({ token: () => `token${++tokens}` });
    const opening = connection.open();
    await socket(1);
    expect(latest().url.searchParams.has('moved')).to.equal(false);
    latest().emit('open');
    latest().say('moved', { url: 'https://two.example' });
    await socket(2);
    expect(peers[0]?.closed).to.equal(true);
    expect(latest().url.host).to.equal('two.example');
    expect(Object.fromEntries(latest().url.searchParams), 'the same, and asked for once').to.include({
      token: 'token1',
      moved: '1',
    });
    expect(connection.server, 'not before it is let in').to.equal('https://tea.example');
    latest().say('welcome', snapshot());
    await opening;
    expect(connection.server).to.equal('https://two.example');
    latest().emit('disconnected');
    await socket(3);
    expect(latest().url.host).to.equal('two.example');
    expect(seen).to.deep.equal(['socketOpened', 'welcome session', 'reconnecting connectionLost']);
  });

  it('does not go round in circles', async () => {
    const { connection, latest, socket } = make();
    const opening = rejection(connection.open());
    for (let hop = 1; hop <= 4; hop += 1) {
      await socket(hop);
      latest().say('moved', { url: `https://node${hop % 2}.example` });
    }
    expect((await opening).code).to.equal('serverDraining');
  });

  it('goes to another node at once when its own is about to stop', async () => {
    const { latest, peers, socket } = await opened();
    latest().say('otherNodes', { urls: ['https://two.example'] });
    latest().say('closed', { error: { code: 'serverDraining', message: 'bye' } });
    await socket(2);
    latest().emit('failed');
    await socket(3);
    expect(peers.slice(1).map(({ url }) => url.host)).to.deep.equal(['two.example', 'tea.example']);
  });

  it('tries the other nodes too when its own is gone, all of them in each attempt', async () => {
    const { latest, peers, socket, contexts } = await opened();
    latest().say('otherNodes', { urls: ['https://two.example', 'https://three.example'] });
    latest().emit('disconnected');
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      await socket(attempt);
      latest().emit('failed');
    }
    expect(peers.slice(1, 5).map(({ url }) => url.host)).to.deep.equal([
      'tea.example',
      'two.example',
      'three.example',
      'tea.example',
    ]);
    expect(contexts.map(({ attempt }) => attempt)).to.deep.equal([0, 1]);
  });

  it('gives up when the policy does', async () => {
    const { connection, latest, seen } = await opened({ reconnectPolicy: () => null });
    latest().emit('disconnected');
    await waitFor('the end', () => connection.closed);
    expect(seen.at(-1)).to.equal('closed connectionLost');
  });

  it('ends at once where the server says so', async () => {
    const { connection, latest, seen, peers } = await opened();
    latest().say('closed', { error: { code: 'participantRemoved', message: 'out' } });
    expect(connection.closed).to.equal(true);
    expect(seen.at(-1)).to.equal('closed participantRemoved');
    expect(peers).to.have.lengthOf(1);
  });

  it('ends when an attempt to come back is refused for good', async () => {
    const { latest, seen, socket } = await opened();
    latest().emit('disconnected');
    await socket(2);
    latest().say('closed', { error: { code: 'roomFull', message: 'full' } });
    await waitFor('the end', () => seen.includes('closed roomFull'));
  });

  it('tries again when the token could not be fetched while reconnecting', async () => {
    let fetched = 0;
    const token = () => (++fetched === 2 ? Promise.reject(new Error('the backend is away')) : `token${fetched}`);
    const { latest, socket } = await opened({ token });
    latest().emit('disconnected');
    await socket(2);
    expect(latest().url.searchParams.get('token')).to.equal('token3');
  });

  it('does not wait any longer when it is told to hurry', async () => {
    const { connection, latest, contexts, socket } = await opened({ reconnectPolicy: () => 60_000 });
    latest().emit('disconnected');
    expect(contexts).to.deep.equal([]);
    connection.hurry();
    await socket(2);
  });

  it('takes a request that is not answered for a dead socket', async () => {
    const { connection, seen, socket } = await opened();
    expect((await rejection(connection.request('setMetadata', { metadata: '' }, 1))).code).to.equal('requestTimeout');
    await socket(2);
    expect(seen).to.include('reconnecting requestTimeout');
  });

  it('holds a request back until it is connected again', async () => {
    const { connection, latest, socket } = await opened();
    latest().emit('disconnected');
    const answer = connection.request('setMetadata', { metadata: '' });
    await socket(2);
    expect(latest().requests).to.deep.equal([]);
    latest().say('welcome', snapshot({ resumed: true }));
    const [request] = await waitFor('the request', () => latest().requests.length > 0 && latest().requests);
    request?.resolve({});
    expect(await answer).to.deep.equal({});
  });

  it('rejects what waits when it is closed, in the midst of anything', async () => {
    const { connection, latest, socket, seen } = await opened();
    latest().emit('disconnected');
    const waiting = rejection(connection.request('leave', {}));
    await socket(2);
    connection.close();
    connection.close();
    expect((await waiting).code).to.equal('invalidState');
    expect(latest().closed).to.equal(true);
    expect(seen.some((name) => name.startsWith('closed'))).to.equal(false);
  });

  it('rejects the opening when it is closed while the token is fetched, and opens no socket', async () => {
    let deliver: (token: string) => void = () => undefined;
    const { connection, peers } = make({ token: () => new Promise((resolve) => (deliver = resolve)) });
    const opening = rejection(connection.open());
    connection.close();
    deliver('late');
    expect((await opening).code).to.equal('invalidState');
    expect(peers).to.deep.equal([]);
  });

  it('rejects the opening when it is closed while it waits for the welcome', async () => {
    const { connection, socket } = make();
    const opening = rejection(connection.open());
    await socket(1);
    connection.close();
    expect(await opening)
      .to.be.an.instanceOf(ChaxiError)
      .and.to.include({ code: 'invalidState' });
  });

  it('keeps a socket that answers a ping, whatever the answer', async () => {
    const { connection, latest, seen } = await opened();
    connection.probe(10_000, () => true);
    connection.probe(10_000, () => true);
    await waitFor('the ping', () => latest().requests.length === 1);
    const [ping] = latest().requests;
    expect(ping?.method).to.equal('ping');
    ping?.reject(FakePeer.refusal(400, { code: 'unknownMethod', message: 'unknown' }));
    await new Promise((resolve) => setTimeout(resolve));
    expect(connection.live).to.equal(true);
    expect(seen).to.not.include('reconnecting requestTimeout');
    connection.probe(10_000, () => true);
    await waitFor('the next ping', () => latest().requests.length === 2);
  });

  it('replaces a socket that does not answer a ping', async () => {
    const { connection, latest, seen, socket } = await opened();
    connection.probe(1, () => true);
    await socket(2);
    expect(seen).to.include('reconnecting requestTimeout');
    connection.probe(1, () => true);
    expect(latest().requests).to.deep.equal([]);
  });

  it('keeps a socket that does not answer a ping where media is heard again meanwhile', async () => {
    const { connection, latest, seen, peers } = await opened();
    let asked = 0;
    connection.probe(1, () => (asked++, false));
    await waitFor('the end of the probe', () => asked > 0);
    expect(connection.live).to.equal(true);
    expect(seen).to.deep.equal(['socketOpened', 'welcome session']);
    expect(peers).to.have.lengthOf(1);
    connection.probe(10_000, () => false);
    await waitFor('the next ping', () => latest().requests.length === 2);
  });

  it('hurries from an attempt that hangs to the next, without the delay before it', async () => {
    const reconnectPolicy = ({ attempt }: ReconnectContext) => (attempt === 0 ? 0 : 60_000);
    const { connection, latest, peers, socket } = await opened({ reconnectPolicy });
    latest().emit('disconnected');
    await socket(2);
    connection.hurry();
    expect(peers).to.have.lengthOf(2);
    await waitFor('the third socket', () => {
      connection.hurry();
      return peers.length >= 3;
    });
    latest().emit('open');
    await new Promise((resolve) => setTimeout(resolve, 600));
    connection.hurry();
    expect(latest().closed).to.equal(false);
  });

  it('does not hurry away from the first attempt, which would end the join', async () => {
    const { connection, latest, socket } = make();
    const opening = connection.open();
    await socket(1);
    await new Promise((resolve) => setTimeout(resolve, 600));
    connection.hurry();
    latest().say('welcome', snapshot());
    await opening;
    expect(connection.live).to.equal(true);
  });
});
