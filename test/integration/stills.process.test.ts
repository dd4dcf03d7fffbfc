import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StillInfo } from '../../protocol/stills.ts';
import { jpegPicture } from '../helpers/pictures.ts';
import { ServerProcess } from '../helpers/ServerProcess.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { sendPicture, sendPreview, showCup } from '../helpers/stills.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';
import type { Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('stills, when the server dies or its disk fails', function () {
  this.timeout(120_000);
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
  const enter = async (server: ServerProcess, identity = 'host'): Promise<Visitor> => {
    const { client, snapshot, url } = await SignalingClient.join(
      await server.url(),
      await server.token({ identity, role: 'host' }),
    );
    clients.push(client);
    return { client, snapshot, participantId: snapshot.self.participantId, url };
  };
  const kill = async (server: ServerProcess) => {
    server.kill('SIGKILL');
    await server.ended();
  };
  const pictures = () => readdirSync(join(folder.path, 'stills'));
  /** As if the crash were long ago. */
  const age = () => {
    for (const name of pictures()) utimesSync(join(folder.path, 'stills', name), 1, 1);
  };
  const listed = async ({ client }: Visitor) => (await client.request('listStills', {})).stills;
  const bytesOf = async (server: ServerProcess, path: string) =>
    Buffer.from(await (await fetch((await server.url()) + path)).arrayBuffer());
  /** Asks the own cup, and answers how to send the picture. */
  const expectStill = async ({ client, participantId }: Visitor) => {
    const { stillId } = await client.request('requestStill', { participantId, source: 'teaCloseUp' });
    return client.notification('stillRequested', (asked) => asked.stillId === stillId);
  };
  /** While it is held nobody else writes to the database. */
  const holdDatabase = () => {
    const database = new DatabaseSync(join(folder.path, 'chaxi.sqlite'));
    database.exec('begin immediate');
    return {
      release() {
        database.exec('rollback');
        database.close();
      },
    };
  };

  const preview = jpegPicture({ width: 480, height: 360, sizeBytes: 20_000 });
  /** The pictures have arrived and are on the disk; the row that makes a still of them can not be written. */
  const stopBeforeRow = async (server: ServerProcess) => {
    const host = await enter(server);
    await showCup(host);
    const { stillId, upload } = await expectStill(host);
    await sendPreview({ url: await server.url() }, upload, preview);
    const hold = holdDatabase();
    const sent = sendPicture({ url: await server.url() }, upload).catch(() => undefined);
    await waitFor('the picture to be on the disk', () => pictures().includes(`${stillId}.jpg`));
    return { host, stillId, sent, hold };
  };

  it('are none where it dies between the picture and the still: nobody was told of it, nothing is left', async () => {
    const server = start();
    const { host, stillId, sent, hold } = await stopBeforeRow(server);
    await kill(server);
    hold.release();
    expect(await sent).to.equal(undefined);
    expect(host.client.received('stillAdded')).to.be.empty;
    expect(pictures()).to.have.members([`${stillId}.jpg`, `${stillId}.preview.jpg`]);
    age();
    const again = start();
    expect(await listed(await enter(again))).to.be.empty;
    await waitFor('the pictures without a still to go', () => pictures().length === 0);
  });

  it('are none where it dies when only the preview has come', async () => {
    const server = start();
    const host = await enter(server);
    await showCup(host);
    const { upload } = await expectStill(host);
    expect((await sendPreview({ url: await server.url() }, upload, preview)).status).to.equal(204);
    await kill(server);
    expect(pictures())
      .to.have.length(1)
      .and.to.have.nested.property('0')
      .that.matches(/\.part$/);
    age();
    const again = start();
    expect(await listed(await enter(again))).to.be.empty;
    await waitFor('the preview to go', () => pictures().length === 0);
  });

  it('are all there again that anybody was told of, whenever it dies', async () => {
    const picture = jpegPicture({ sizeBytes: 300_000 });
    let server = start();
    const told = new Map<string, StillInfo>();
    for (const dieAfter of [1, 3, 6]) {
      const people = await Promise.all(['one', 'two', 'three'].map((identity) => enter(server, identity)));
      await Promise.all(people.map((person, index) => showCup(person, 100 * (index + 1))));
      let answers = 0;
      const died = new Promise<void>((resolve) => {
        const takeAll = async (person: Visitor) => {
          for (let count = 0; count < 5; count += 1) {
            const { upload } = await expectStill(person);
            const node = { url: await server.url() };
            if (count % 2 === 0) await sendPreview(node, upload, preview);
            const sent = await sendPicture(node, upload, picture);
            const { still } = (await sent.json()) as { still: StillInfo };
            told.set(still.stillId, still);
            answers += 1;
            if (answers === dieAfter) resolve(kill(server));
          }
        };
        // What is under way when the server dies fails.
        for (const person of people) takeAll(person).catch(() => {});
      });
      await died;
      age();
      server = start();
      const kept = await listed(await enter(server));
      expect(kept.map(({ stillId }) => stillId)).to.include.members([...told.keys()]);
      for (const still of kept) expect((await bytesOf(server, still.path)).equals(picture)).to.equal(true);
      const previewed = kept.flatMap(({ previewPath }) => previewPath ?? []);
      for (const path of previewed) expect((await bytesOf(server, path)).equals(preview)).to.equal(true);
      const files = kept.length + previewed.length;
      await waitFor('pictures without a still to go', () => pictures().length === files);
    }
    expect(told.size).to.be.at.least(10);
  });

  it('fail when the disk is full, while the room goes on, and come again when there is space', async () => {
    const server = start();
    const url = await server.url();
    const host = await enter(server);
    await showCup(host);
    // No file of the process may be larger: the system refuses the write, as it does on a full disk.
    const limitFiles = (bytes: number | 'unlimited') =>
      execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`]);
    const picture = jpegPicture({ sizeBytes: 300_000 });
    for (const bytes of [200_000, 1]) {
      limitFiles(bytes);
      const { stillId, upload } = await expectStill(host);
      const sent = await sendPicture({ url }, upload, bytes === 1 ? jpegPicture() : picture);
      expect(sent.status).to.equal(503);
      expect(await sent.json()).to.have.nested.property('error.code', 'storageUnavailable');
      const failed = await host.client.notification('stillFailed', (failure) => failure.stillId === stillId);
      expect(failed.code).to.equal('storageUnavailable');
      expect(pictures()).to.be.empty;
      await host.client.request('setMetadata', { metadata: 'still here' });
    }
    limitFiles('unlimited');
    const { upload } = await expectStill(host);
    expect((await sendPicture({ url }, upload, picture)).status).to.equal(201);
    expect(server.output.match(/stills fail/g)).to.have.length(1);
    expect(server.output).to.match(/stills work again/);
  });

  it('fail while another program holds the database, and nobody has to wait for that', async () => {
    const server = start();
    const host = await enter(server);
    await showCup(host);
    const { upload } = await expectStill(host);
    const hold = holdDatabase();
    let answered = false;
    const sent = sendPicture({ url: await server.url() }, upload).finally(() => (answered = true));
    let others = 0;
    while (!answered) {
      await host.client.request('setMetadata', { metadata: String(others) }).catch(() => {});
      others += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await sent).status).to.equal(503);
    expect(others).to.be.at.least(10);
    hold.release();
    const { upload: next } = await expectStill(host);
    expect((await sendPicture({ url: await server.url() }, next)).status).to.equal(201);
  });

  it('are sent to their end or fail clearly when it stops', async () => {
    const server = start();
    const { host, stillId, sent, hold } = await stopBeforeRow(server);
    server.kill('SIGTERM');
    expect(await host.client.refusal()).to.include({ code: 'serverDraining' });
    hold.release();
    await sent;
    const ended = await server.ended();
    expect(ended).to.include({ code: 0 });
    expect(ended.output).to.not.match(/"level":"error"/);
    const again = start();
    expect((await listed(await enter(again))).map((still) => still.stillId)).to.deep.equal([stillId]);
  });

  it('keep it from starting where the database is damaged, and it says what to do', async () => {
    writeFileSync(join(folder.path, 'chaxi.sqlite'), 'tea leaves '.repeat(1_000));
    const server = start();
    const { code, output } = await server.ended();
    expect(code).to.equal(1);
    expect(output)
      .to.include('chaxi.sqlite')
      .and.to.match(/damaged.*backup/);
    expect(readFileSync(join(folder.path, 'chaxi.sqlite'), 'utf8')).to.match(/^tea leaves/);
  });

  it('keep it from starting where dataDir is a file, and it says what to correct', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const server = new ServerProcess({ CHAXI_DATA_DIR: join(folder.path, 'file') });
    servers.push(server);
    const { code, output } = await server.ended();
    expect(code).to.equal(1);
    expect(output).to.include('CHAXI_DATA_DIR');
  });
});
