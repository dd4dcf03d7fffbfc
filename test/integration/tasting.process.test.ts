import { expect } from 'chai';
import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ServerProcess } from '../helpers/ServerProcess.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { startedThreads } from '../helpers/startedThreads.ts';
import { guideOf } from '../helpers/tastings.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('a tasting, when the server dies', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const servers: ServerProcess[] = [];
  const clients: SignalingClient[] = [];

  afterEach(async () => {
    for (const client of clients.splice(0)) client.cut();
    for (const server of servers) server.kill('SIGKILL');
    await Promise.all(servers.splice(0).map((server) => server.ended()));
  });

  const start = () => {
    const server = new ServerProcess({ CHAXI_DATA_DIR: folder.path });
    servers.push(server);
    return server;
  };
  const enter = async (server: ServerProcess) => {
    const token = await server.token({ identity: 'host', role: 'host' });
    const { client } = await SignalingClient.join(await server.url(), token);
    clients.push(client);
    return client;
  };

  it('goes on where it stood: guide, step, notes, and the timer, which ran on', async () => {
    const server = start();
    const client = await enter(server);
    const state = await client.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    await client.request('setStep', { teaId: 'oolong', infusion: 1 });
    const startedAt = Date.now();
    const step = await client.request('setTimer', { action: 'start' });
    const stepKnownAt = Date.now();
    const { note } = await client.request('saveNote', { teaId: 'oolong', words: 'kept' });
    server.kill('SIGKILL');
    await server.ended();
    const again = await enter(start());
    expect(await again.notification('guideChanged')).to.deep.equal(state);
    const kept = await again.notification('stepChanged');
    expect(kept).to.deep.include({ revision: step.revision, teaId: 'oolong', infusion: 1 });
    const pingedAt = Date.now();
    const { timeMs } = await again.request('ping', {});
    const { runningSince, elapsedMs } = kept.timer!;
    const shown = elapsedMs + timeMs - runningSince!;
    // Between what may have passed at least and at most, and the whole milliseconds of the clock on the wall.
    expect(shown).to.be.within(pingedAt - stepKnownAt - 2, Date.now() - startedAt + 2);
    expect((await again.request('listNotes', {})).notes).to.deep.equal([note]);
  });
});

describe('a tasting, when the database fails', () => {
  const threads = startedThreads();
  let node: TestServer;
  const visitors = new Visitors(() => node);
  let host: Visitor;
  let guest: Visitor;

  beforeEach(async () => {
    node = await startTestServer();
    host = await visitors.join('host', { role: 'host' });
    guest = await visitors.join('guest');
    await host.client.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    await host.client.request('setStep', { teaId: 'oolong' });
    await guest.client.request('shareNote', { teaId: 'oolong', shared: true });
    await host.client.request('summarizeNotes', {});
    await host.client.notification('noteShared');
  });
  afterEach(async () => {
    visitors.clear();
    await node.close();
  });

  const file = () => join(node.config.dataDir, 'chaxi.sqlite');
  const breakDatabase = async () => {
    await threads.at(-1)!.terminate();
    // A folder can not be opened as a database.
    renameSync(file(), `${file()}.away`);
    mkdirSync(file());
  };
  const mendDatabase = () => {
    rmdirSync(file());
    renameSync(`${file()}.away`, file());
  };
  const changes = [
    ['setGuide', { guide: guideOf('oolong', 'sencha'), revision: 1 }],
    ['setStep', { teaId: 'oolong', infusion: 1 }],
    ['setTimer', { action: 'start' }],
    ['saveNote', { teaId: 'oolong', words: 'lost' }],
    ['shareNote', { teaId: 'oolong', shared: true }],
    ['listNotes', {}],
    ['summarizeNotes', {}],
  ] as const;

  it('refuses what it can not keep, tells nobody of it, lets people in, and goes on when it can again', async () => {
    const told = () => [host, guest].map(({ client }) => client.notifications.length);
    await breakDatabase();
    const before = told();
    for (const [method, data] of changes) {
      expect(await host.client.refusalOf(method, data), method).to.include({ code: 'storageUnavailable' });
    }
    expect(told()).to.deep.equal(before);
    const late = await visitors.join('late');
    expect(await late.client.notification('guideChanged'), 'what the node knows').to.include({ revision: 1 });
    const stranger = await visitors.join('late', { room: 'another room' });
    expect(stranger.snapshot.stage).to.equal('joined');
    mendDatabase();
    await waitFor('the guide to be kept', () =>
      host.client.request('setGuide', { guide: guideOf('oolong', 'sencha'), revision: 1 }).catch(() => undefined),
    );
    for (const [method, data] of changes.slice(1)) await host.client.rawRequest(method, data);
    expect(await guest.client.notification('guideChanged', ({ revision }) => revision === 2)).to.have.property('guide');
    await guest.client.notification('stepChanged', ({ timer }) => typeof timer?.runningSince === 'number');
  });

  it('refuses soon what another program holds up, and tells of it where it was done all the same', async () => {
    const holder = new DatabaseSync(file());
    holder.exec('begin immediate');
    try {
      const refusal = await host.client.refusalOf('setStep', { teaId: 'oolong', infusion: 2 });
      expect(refusal).to.include({ code: 'storageUnavailable' });
      expect(guest.client.received('stepChanged')).to.have.length(1);
    } finally {
      holder.exec('rollback');
      holder.close();
    }
    const step = await guest.client.notification('stepChanged', ({ infusion }) => infusion === 2);
    expect(step.revision).to.equal(2);
  });
});
