import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import packageJson from '../package.json' with { type: 'json' };
import type { Config } from '../config/schema.ts';
import { roles } from '../protocol/grants.ts';
import { findWorkerBin } from '../scripts/worker/locate.mjs';
import { createAccessToken, type AccessTokenOptions } from './auth/accessToken.ts';
import { createLogger, type Logger } from './base/logger.ts';
import { Metrics, type MetricsSample } from './base/Metrics.ts';
import { Cluster } from './cluster/Cluster.ts';
import { createHttpApp } from './http/createHttpApp.ts';
import type { DemoLink } from './http/demoRoutes.ts';
import { createTlsOrHttpServer } from './http/createTlsOrHttpServer.ts';
import { AttachmentDesk } from './messaging/attachments/AttachmentDesk.ts';
import { Messenger } from './messaging/Messenger.ts';
import { NodePipes } from './media/NodePipes.ts';
import { routerCodecs, routerRtpCapabilities, routerRtpCapabilitiesId } from './media/routerCapabilities.ts';
import { WorkerPool } from './media/WorkerPool.ts';
import { RecordDesk } from './rooms/records/RecordDesk.ts';
import { RulesPersonalData } from './rooms/records/RulesPersonalData.ts';
import { CounterDesk } from './rooms/counter/CounterDesk.ts';
import { InviteDesk } from './rooms/invites/InviteDesk.ts';
import { InvitePersonalData } from './rooms/invites/InvitePersonalData.ts';
import { RoomDirectory } from './rooms/RoomDirectory.ts';
import { RoomRegistry } from './rooms/RoomRegistry.ts';
import { sampleRooms } from './rooms/roomsSample.ts';
import { SpanDesk } from './rooms/span/SpanDesk.ts';
import { StillDesk } from './rooms/StillDesk.ts';
import { TastingDesk } from './rooms/tasting/TastingDesk.ts';
import { TastingExports } from './rooms/tasting/TastingExports.ts';
import { TastingPersonalData } from './rooms/tasting/TastingPersonalData.ts';
import { RealtimeServer } from './realtime/RealtimeServer.ts';
import { SignalingServer } from './signaling/SignalingServer.ts';
import { Storage } from './storage/Storage.ts';

/** Seconds that a link of the demo room is good for. */
const DEMO_TOKEN_TTL_SECONDS = 12 * 3_600;

/** Transactions that store messages at once. SQLite has one writer; in PostgreSQL several share what it costs to make a commit last. */
const POSTGRES_LANES = 4;

/** One running node. */
export interface ChaxiServer {
  /** Where browsers find it: the configured public address, or the one it listens on. */
  readonly url: string;
  readonly registry: RoomRegistry;
  readonly pool: WorkerPool;
  readonly cluster: Cluster;
  /** Links into a demo room, one a role, to the counter of its shop, and to a customer’s conversation with it; development mode only. */
  demoLinks(): Promise<DemoLink[]>;
  /** Tells clients, then closes sockets, rooms, workers and the storage, in this order. */
  close(): Promise<void>;
}

/** Composes and starts a node. @throws where a port is taken, dataDir can not be used or no worker starts; nothing is left running then. */
export async function createServer({ config, logger }: { config: Config; logger?: Logger }): Promise<ChaxiServer> {
  const log = logger ?? createLogger(config.log, config.mode);
  const workerBin = findWorkerBin();
  if (!workerBin)
    throw new Error('There is no mediasoup worker. Run `node scripts/setup.mjs`, which gets or builds one.');
  // What ends with the start where that fails, the last first.
  await using parts = new AsyncDisposableStack();
  if (config.redis.url !== null && config.database.url === null) {
    log.warn(
      'each node of this cluster keeps conversations and tasting notes of its own: set database.url (CHAXI_DATABASE_URL)',
    );
  }
  const storage = await Storage.open({ config, logger: log });
  parts.defer(() => storage.close());
  const pool = await WorkerPool.create({ config: config.media, workerBin, logger: log });
  parts.defer(() => pool.close());
  const cluster = await Cluster.open({ config, logger: log });
  parts.defer(() => cluster.close());
  const server = await startOn({ pool, storage, cluster, config, log });
  parts.move();
  return server;
}

interface Parts {
  pool: WorkerPool;
  storage: Storage;
  cluster: Cluster;
  config: Config;
  log: Logger;
}

async function startOn({ pool, storage, cluster, config, log }: Parts): Promise<ChaxiServer> {
  const metrics = new Metrics();
  const codecs = routerCodecs(config.media.codecs);
  const rtpCapabilities = routerRtpCapabilities(config.media.codecs);
  const stills = new StillDesk({
    archive: storage.stills,
    cluster,
    logger: log,
    settings: config.stills,
    observe: (result, elapsedMs) => metrics.observeStill(result, elapsedMs),
  });
  const pipes = new NodePipes({
    bus: cluster,
    config: config.media,
    logger: log,
    findProducer: ({ tenant, room }, producerId) => registry.find(tenant, room)?.findProducer(producerId),
  });
  const attachments = new AttachmentDesk({
    store: storage.messaging.attachments,
    files: storage.attachmentFiles,
    cluster,
    config,
    logger: log,
  });
  const records = new RecordDesk({ stores: storage.tasting, cluster, logger: log });
  const { notes } = storage.tasting;
  const tastings = new TastingDesk({ notes, records, cluster });
  const returnTimeoutMs = config.signaling.resumeTimeoutMs;
  const registry: RoomRegistry = new RoomRegistry({
    config,
    stills,
    records,
    tastings,
    spans: new SpanDesk({ cluster, pipes, returnTimeoutMs, logger: log }),
    logger: log,
    media: {
      pool,
      codecs,
      config: config.media,
      routerRtpCapabilities: rtpCapabilities,
      routerRtpCapabilitiesId: routerRtpCapabilitiesId(rtpCapabilities),
    },
  });
  const directory = new RoomDirectory({ registry, cluster, autoCreate: config.rooms.autoCreate, logger: log });
  const { apiKeys } = config.auth;
  const invites = new InviteDesk({
    store: storage.invites,
    registry,
    directory,
    cluster,
    apiKeys,
    shutOut: ({ tenant, room }, identity) => messenger.removeUnlessInRoom(tenant, room, identity),
  });
  const counterDesk = new CounterDesk({
    registry,
    directory,
    cluster,
    apiKeys,
    changed: (tenant) => realtime.tellRoomsChanged(tenant),
  });
  const signaling = new SignalingServer({ config, registry, directory, invites, logger: log, metrics });
  const messenger = new Messenger({
    stores: storage.messaging,
    attachments,
    link: cluster,
    emit: (delivery) => realtime.deliver(delivery),
    isInRoom: (tenant, room, identity) => directory.isIn(tenant, room, identity),
    lanes: config.database.url === null ? 1 : POSTGRES_LANES,
    retentionDays: config.messages.retentionDays,
    count: (messages) => metrics.countMessages(messages),
    logger: log,
  });
  const realtime: RealtimeServer = new RealtimeServer({
    config,
    messenger,
    rooms: counterDesk,
    invites,
    nodes: directory,
    logger: log,
    metrics,
  });
  for (const event of ['participantRemoved', 'participantBanned'] as const) {
    registry.on(event, (tenant, room, identity) => messenger.removeFromRoom(tenant, room, identity));
  }
  let closing: Promise<void> | undefined;
  let url = config.http.publicUrl ?? '';

  const demoLinks = async (): Promise<DemoLink[]> => {
    const [apiKey, apiSecret] = Object.entries(apiKeys)[0] ?? ['', ''];
    const tokenFor = (identity: string, options: Pick<AccessTokenOptions, 'room' | 'role' | 'counter'>) =>
      createAccessToken({ apiKey, apiSecret, identity, ttlSeconds: DEMO_TOKEN_TTL_SECONDS, ...options });
    const rooms = roles.map(async (role) => {
      const token = await tokenFor(`demo-${role}`, { room: 'demo', role });
      return { role, url: `${url}/room#token=${token}` };
    });
    const counter = await tokenFor('demo-counter', { role: 'host', counter: true });
    const customer = await tokenFor('demo-guest', { role: 'guest' });
    return [
      ...(await Promise.all(rooms)),
      { role: 'counter', url: `${url}/counter#token=${counter}` },
      { role: 'customer', url: `${url}/chat#token=${customer}` },
    ];
  };

  pool.on('workerDied', () => metrics.countWorkerDied());
  metrics.setCollector(async () => {
    const [sample, workers] = await Promise.all([sampleRooms(registry.rooms), sampleWorkers(pool)]);
    return { ...sample, workers, nodes: cluster.nodes.length, messagingSockets: realtime.size };
  });

  const app = createHttpApp({
    config,
    logger: log,
    metrics,
    rooms: directory,
    stills,
    tastings,
    tastingExports: new TastingExports({ records, notes, stills, directory, invites }),
    attachments,
    conversations: messenger.shop,
    invites,
    people: [
      messenger.shop,
      new TastingPersonalData({ notes, desk: tastings }),
      new RulesPersonalData({ store: storage.tasting.records, desk: records }),
      new InvitePersonalData(storage.invites),
    ],
    nodeUrls: () => cluster.urls,
    health: {
      live: () => true,
      ready: () => {
        const reasons = [
          ...(closing ? ['The server is about to stop.'] : []),
          ...(cluster.draining ? ['The server was drained.'] : []),
          ...(pool.workers.length === 0 ? ['No media worker runs.'] : []),
        ];
        return { ready: reasons.length === 0, reasons };
      },
    },
    demoLinks: config.mode === 'development' && config.demoRoom ? demoLinks : undefined,
  });
  const http = createTlsOrHttpServer(config, app, log);
  http.on('upgrade', (request, socket, head) => {
    if (signaling.handleUpgrade(request, socket, head) || RealtimeServer.takes(request.url)) return;
    // From here on nobody else listens for the errors of this socket.
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });

  realtime.attach(http);

  /** Sends everyone away and takes nobody new. */
  const drain = () => {
    log.info('draining');
    cluster.drain();
    registry.drain();
    realtime.drain();
  };
  cluster.handle('drain', drain);

  const close = async () => {
    drain();
    // Who has to poll asks once more to hear of it.
    await realtime.close();
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    http.closeIdleConnections();
    pipes.close();
    records.close();
    invites.close();
    counterDesk.close();
    await Promise.all([messenger.close(), signaling.close()]);
    await Promise.all([pool.close(), cluster.close()]);
    http.closeAllConnections();
    await closed;
    await attachments.close();
    await storage.close();
    log.info('stopped');
  };

  await listen(http, config.http);
  http.on('error', (error) => log.error('the HTTP server failed', { error }));
  const { port } = http.address() as AddressInfo;
  url ||= `${config.http.tls.certFile ? 'https' : 'http'}://${urlHost(config.http.host)}:${port}`;
  await cluster
    .join(() => ({
      url,
      version: packageJson.version,
      load: pool.workers.reduce((sum, worker) => sum + worker.load, 0),
      capacity: Math.max(1, pool.workers.length) * config.media.consumersPerRouter,
      rooms: registry.size,
      participants: registry.rooms.reduce((sum, room) => sum + room.participants.length, 0),
      mediaReady: pool.workers.length > 0,
    }))
    .catch(async (error: unknown) => {
      await new Promise((resolve) => http.close(resolve));
      throw error;
    });
  log.info('listening', { url, mode: config.mode, workers: pool.workers.length });

  return {
    get url() {
      return url;
    },
    registry,
    pool,
    cluster,
    demoLinks,
    close: () => (closing ??= close()),
  };
}

/** A worker that dies while it is asked is left out. */
async function sampleWorkers(pool: WorkerPool): Promise<MetricsSample['workers']> {
  const samples = pool.workers.map(async (worker) => {
    const { cpuSeconds, maxResidentBytes } = await worker.resourceUsage();
    const { pipes, pipeConsumers } = worker;
    return { worker: String(worker.index), cpuSeconds, residentBytes: maxResidentBytes, pipes, pipeConsumers };
  });
  const settled = await Promise.allSettled(samples);
  return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

function listen(http: HttpServer, { host, port }: Config['http']): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

/** An address that means every interface is no address to call; IPv6 stands in brackets (RFC 3986 section 3.2.2). */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
