import { expect } from 'chai';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientPool } from '../../bench/clients/ClientPool.ts';
import { createCertificate } from '../../bench/lib/certificate.ts';
import type { Result } from '../../bench/report/result.ts';
import { benchRun } from '../helpers/benchRun.ts';
import { API_KEY, API_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

/** One key frame over and over. */
const CLIP = { frameRate: 15, frames: [Buffer.alloc(200).toString('base64')] };
const ROOM = 'light';

describe('clients of the bench without a browser', function () {
  this.timeout(60_000);
  let dir: string;
  let clipFile: string;
  let server: TestServer;
  let pool: ClientPool;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'chaxi-bench-clients-'));
    clipFile = join(dir, 'clip.json');
    await writeFile(clipFile, JSON.stringify(CLIP));
    const certificate = await createCertificate(dir);
    server = await startTestServer();
    pool = new ClientPool({ url: server.url, token: server.token, node: null, relay: null, certificate }, 2);
  });
  after(async () => {
    await pool.close();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });

  const people = (role: 'host' | 'guest', ...identities: string[]) =>
    identities.map((identity) => ({ room: ROOM, identity, role }));

  it('publishers are open when they send, and no longer send when they are out of the room', async () => {
    await pool.openPublishers(people('host', 'one', 'two', 'three'), { clipFile, audio: true });
    expect(await pool.sending()).to.equal(3);
    // The same person comes again, elsewhere.
    await pool.openPublishers(people('host', 'three'), { clipFile, audio: true });
    await waitFor('the first one to be out', async () => (await pool.sending()) === 3);
  });

  it('receivers are open when they are connected, and get what is sent', async () => {
    expect(await pool.openReceivers(people('guest', 'four', 'five'))).to.equal(null);
    expect((await pool.receiverStatistics()).connected).to.equal(2);
    await waitFor('packets', async () => (await pool.receiverStatistics()).packets.some((count) => count > 0));
  });

  it('tells why a receiver was not let in', async () => {
    await pool.closePublishers();
    expect(await pool.openReceivers([{ ...people('guest', 'six')[0]!, room: 'empty' }])).to.contain('nothing');
  });

  it('load on a server elsewhere leaves out what can not be seen', async () => {
    const target = ['--target', server.url, '--api-key', API_KEY, '--api-secret', API_SECRET];
    const { said, exitCode } = benchRun(['load', '--smoke', ...target, '--out', dir]);
    expect(await exitCode, said()).to.equal(0);
    const { metrics, samples } = JSON.parse(await readFile(join(dir, 'load.json'), 'utf8')) as Result;
    expect(metrics).to.include.keys('consumersHeld', 'cpu.clients');
    expect(metrics).to.not.have.any.keys('consumersPerCore', 'nodeShareOfWorker', 'cpu.worker', 'memory.worker');
    expect(samples.at(-1)).to.deep.include({ workerCpu: null, workerBytes: null, nodeCpu: null, nodeBytes: null });
    expect(JSON.stringify(metrics)).to.not.contain('null');
    expect(await readFile(join(dir, 'report.html'), 'utf8')).to.not.match(/NaN|undefined|Infinity/);
  });
});
