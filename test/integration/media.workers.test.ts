import { expect } from 'chai';
import { once } from 'node:events';
import { copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { configSchema, type Config } from '../../config/schema.ts';
import { findWorkerBin } from '../../scripts/worker/locate.mjs';
import { createLogger } from '../../server/base/logger.ts';
import { WorkerPool } from '../../server/media/WorkerPool.ts';
import { freePorts } from '../helpers/freePort.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';
import { startTestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

const workerBin = findWorkerBin() ?? '';
const mediaConfig = (media: Partial<Config['media']>): Config['media'] =>
  configSchema.parse({ media: { workers: 1, basePort: 0, listenIps: ['127.0.0.1'], ...media } }).media;
/** What the tests do to workers is meant, and need not be read. */
const logger = createLogger({ level: 'error', format: 'json' }, 'production', new PassThrough().resume());

describe('the media workers of a node', () => {
  const folder = temporaryFolder();
  const pools: WorkerPool[] = [];
  const createPool = async (media: Partial<Config['media']>, bin = workerBin) => {
    const pool = await WorkerPool.create({ config: mediaConfig(media), workerBin: bin, logger });
    pools.push(pool);
    return pool;
  };
  const isRunning = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const failureOf = async (pool: Promise<unknown>) => {
    const error: unknown = await pool.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof Error ? error.message : String(error);
  };

  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
  });

  it('are as many as configured, and end with the pool', async () => {
    const pool = await createPool({ workers: 2 });
    const pids = pool.workers.map(({ pid }) => pid);
    expect(pids).to.have.length(2);
    await pool.close();
    await pool.close();
    expect(pids.map(isRunning)).to.deep.equal([false, false]);
    expect(pool.workers).to.be.empty;
    expect(await failureOf(pool.acquire())).to.match(/No media worker is available/);
  });

  it('leave signals of the process to the process', async () => {
    const before = [process.listenerCount('SIGTERM'), process.listenerCount('SIGINT')];
    const pool = await createPool({ workers: 2 });
    process.kill(pool.workers[0]?.pid ?? 0, 'SIGKILL');
    await waitFor('the worker to be replaced', () => pool.workers.length === 2);
    expect([process.listenerCount('SIGTERM'), process.listenerCount('SIGINT')]).to.deep.equal(before);
  });

  it('are chosen by their load', async () => {
    const pool = await createPool({ workers: 2 });
    const [first, second] = [await pool.acquire(), pool.workers[1]];
    const router = await first.createRouter([
      { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
    ]);
    const transport = await router.createDirectTransport();
    const producer = await transport.produce({
      kind: 'audio',
      rtpParameters: {
        codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
        encodings: [{ ssrc: 1 }],
      },
    });
    expect(first.load).to.equal(1);
    expect(await pool.acquire()).to.equal(second);
    producer.close();
    expect(await pool.acquire()).to.equal(first);
  });

  it('come back on the same ports when they are killed', async () => {
    const basePort = await freePorts(2);
    const node = await startTestServer({ media: { workers: 2, basePort, listenIps: ['127.0.0.1'] } });
    const visitors = new Visitors(() => node);
    try {
      const rooms = await Promise.all(['a', 'b'].map((room) => visitors.join('guest', { room })));
      const portsOf = (media: (typeof rooms)[number]['snapshot']['media'] | undefined) => [
        ...new Set(media?.recv?.iceCandidates.map(({ port, protocol }) => `${protocol} ${port}`)),
      ];
      for (const round of [1, 2]) {
        for (const { pid } of node.server.pool.workers) process.kill(pid, 'SIGKILL');
        await waitFor('every session to be moved', () =>
          rooms.every(({ client }) => client.received('mediaReset').length === round),
        );
        await waitFor('both workers to run', () => node.server.pool.workers.length === 2);
      }
      const used = [
        ...rooms.map(({ client }) => client.received('mediaReset').at(-1)?.media),
        ...(await Promise.all(['c', 'd', 'e'].map((room) => visitors.join('guest', { room })))).map(
          ({ snapshot }) => snapshot.media,
        ),
      ].flatMap(portsOf);
      const expected = [basePort, basePort + 1].flatMap((port) => [`udp ${port}`, `tcp ${port}`]);
      expect(expected).to.include.members(used);
    } finally {
      visitors.clear();
      await node.close();
    }
  });

  it('are waited for by who opens a room while none runs', async () => {
    const node = await startTestServer({ media: { workers: 1 } });
    const visitors = new Visitors(() => node);
    try {
      const { pool } = node.server;
      const died = once(pool, 'workerDied');
      process.kill(pool.workers[0]?.pid ?? 0, 'SIGKILL');
      await died;
      const { snapshot } = await visitors.join('guest', { room: 'new' });
      expect(snapshot.media?.recv).to.be.an('object');
    } finally {
      visitors.clear();
      await node.close();
    }
  });

  it('do not start where their port is in use, and nothing is left running', async () => {
    const basePort = await freePorts(2);
    const holder = await createPool({ basePort: basePort + 1 });
    expect(await failureOf(createPool({ workers: 2, basePort }))).to.match(
      new RegExp(`^Port ${basePort + 1} for media is in use\\. .*CHAXI_MEDIA_BASE_PORT`),
    );
    // The first worker's port is free again.
    await createPool({ basePort });
    expect(holder.workers).to.have.length(1);
  });

  it('do not start on an address that the machine does not have', async () => {
    expect(await failureOf(createPool({ listenIps: ['192.0.2.1'] }))).to.match(/no address 192\.0\.2\.1.*LISTEN_IPS/);
  });

  it('do not start without their binary', async () => {
    expect(await failureOf(createPool({}, '/nowhere/mediasoup-worker'))).to.match(/\/nowhere\/mediasoup-worker.*setup/);
  });

  it('are tried again until they start', async () => {
    const [bin, away] = [join(folder.path, 'worker'), join(folder.path, 'worker.away')];
    await copyFile(workerBin, bin);
    const pool = await createPool({}, bin);
    await rename(bin, away);
    const [worker] = pool.workers;
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await waitFor('the worker to be gone', () => pool.workers.length === 0);
    const next = pool.acquire();
    await rename(away, bin);
    expect((await next).pid).to.not.equal(worker?.pid);
  });

  it('are not waited for by anyone when the pool closes', async () => {
    const [bin, away] = [join(folder.path, 'worker'), join(folder.path, 'worker.away')];
    await copyFile(workerBin, bin);
    const pool = await createPool({}, bin);
    await rename(bin, away);
    process.kill(pool.workers[0]?.pid ?? 0, 'SIGKILL');
    await waitFor('the worker to be gone', () => pool.workers.length === 0);
    const waiting = failureOf(pool.acquire());
    await pool.close();
    expect(await waiting).to.match(/No media worker is available/);
  });

  it('that start while the pool closes end with it', async () => {
    const pool = await createPool({});
    process.kill(pool.workers[0]?.pid ?? 0, 'SIGKILL');
    await waitFor('the worker to be gone', () => pool.workers.length === 0, { intervalMs: 1 });
    await pool.close();
    expect(pool.workers).to.be.empty;
  });
});
