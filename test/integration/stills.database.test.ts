import { expect } from 'chai';
import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { jpegPicture } from '../helpers/pictures.ts';
import { callRest } from '../helpers/restClient.ts';
import { sendPicture, sendPreview, showCup, takeStill } from '../helpers/stills.ts';
import { startedThreads } from '../helpers/startedThreads.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('stills, when the thread of the database dies', () => {
  const threads = startedThreads();
  let node: TestServer;
  const visitors = new Visitors(() => node);
  let host: Visitor;
  let cup: Awaited<ReturnType<typeof showCup>>;

  beforeEach(async () => {
    node = await startTestServer();
    host = await visitors.join('host', { role: 'host' });
    cup = await showCup(host);
  });
  afterEach(async () => {
    visitors.clear();
    await node.close();
  });

  const pictures = () => readdir(join(node.config.dataDir, 'stills'));
  const listed = async () => (await host.client.request('listStills', {})).stills;
  const waitUntilOpen = () => waitFor('the stills to be listed again', () => listed().catch(() => undefined));

  it('fail where they are under way, and the room goes on; then they come again, and none is without its picture', async () => {
    const before = await takeStill(node, host, host);
    const { stillId } = await host.client.request('requestStill', cup);
    const { upload } = await host.client.notification('stillRequested', (asked) => asked.stillId === stillId);
    await sendPreview(node, upload, jpegPicture({ width: 480, height: 360 }));
    // Held, the database can not write the row before its thread is gone.
    const holder = new DatabaseSync(join(node.config.dataDir, 'chaxi.sqlite'));
    holder.exec('begin immediate');
    const sent = sendPicture(node, upload);
    await waitFor('the picture to be on the disk', async () => (await pictures()).includes(`${stillId}.jpg`));
    const dying = threads.at(-1)!.terminate();
    holder.exec('rollback');
    holder.close();
    const answer = await sent;
    expect(answer.status).to.equal(503);
    expect(await answer.json()).to.have.nested.property('error.code', 'storageUnavailable');
    expect(await host.client.notification('stillFailed')).to.deep.equal({ stillId, code: 'storageUnavailable' });
    await host.client.request('setMetadata', { metadata: 'still here' });
    await dying;
    await waitUntilOpen();
    const after = await takeStill(node, host, host);
    const stills = await listed();
    expect(stills).to.deep.include.members([after, before]);
    // Nobody can know whether the row of the one that failed was written.
    for (const address of stills.flatMap(({ path, previewPath }) => (previewPath ? [path, previewPath] : [path]))) {
      expect((await fetch(node.url + address)).status).to.equal(200);
    }
  });

  it('are refused until it is open again', async () => {
    const file = join(node.config.dataDir, 'chaxi.sqlite');
    await threads.at(-1)!.terminate();
    // A folder can not be opened as a database.
    renameSync(file, `${file}.away`);
    mkdirSync(file);
    const code = 'storageUnavailable';
    expect(await host.client.refusalOf('listStills', {})).to.include({ code });
    expect(await host.client.refusalOf('requestStill', cup)).to.include({ code });
    const { status, body } = await callRest(node, 'GET', '/rooms/tea/stills');
    expect([status, body]).to.have.nested.property('1.error.code', code);
    rmdirSync(file);
    renameSync(`${file}.away`, file);
    await waitUntilOpen();
    await takeStill(node, host, host);
  });
});

describe('stills, while another program holds the database', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);

  before(async () => (node = await startTestServer()));
  afterEach(() => visitors.clear());
  after(() => node.close());

  it('are refused soon, whatever is written before them, and signaling goes on', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const cup = await showCup(host);
    const still = await takeStill(node, host, host);
    const uploads = [];
    for (let count = 0; count < 3; count += 1) {
      const { stillId } = await host.client.request('requestStill', cup);
      const { upload } = await host.client.notification('stillRequested', (asked) => asked.stillId === stillId);
      // From its preview on it is a still of its own.
      await sendPreview(node, upload, jpegPicture({ width: 480, height: 360 }));
      uploads.push(upload);
    }
    const holder = new DatabaseSync(join(node.config.dataDir, 'chaxi.sqlite'));
    holder.exec('begin immediate');
    try {
      let saved = 0;
      const sent = uploads.map((upload) => sendPicture(node, upload).finally(() => (saved += 1)));
      const parts = async () =>
        (await readdir(join(node.config.dataDir, 'stills'))).filter((name) => name.endsWith('.part'));
      await waitFor('the pictures to be on the disk', async () => (await parts()).length === 0);
      const code = 'storageUnavailable';
      const refused = await Promise.all([
        host.client.refusalOf('listStills', {}),
        host.client.refusalOf('requestStill', cup),
        host.client.refusalOf('removeStill', { stillId: still.stillId }),
      ]);
      for (const refusal of refused) expect(refusal).to.include({ code });
      expect((await fetch(node.url + still.path)).status).to.equal(503);
      expect(saved).to.be.below(3);
      await host.client.request('setMetadata', { metadata: 'still here' });
      holder.exec('rollback');
      await Promise.all(sent);
    } finally {
      holder.close();
    }
    await waitFor('stills to be listed again', () => host.client.request('listStills', {}).catch(() => undefined));
  });
});
