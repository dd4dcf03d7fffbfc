import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { configSchema } from '../../../config/schema.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { CreateRoom, RoomDetail, RoomSummary } from '../../../protocol/rest.ts';
import { createLogger } from '../../../server/base/logger.ts';
import { Metrics } from '../../../server/base/Metrics.ts';
import type { AttachmentHttpService } from '../../../server/http/attachmentService.ts';
import type { InviteService } from '../../../server/http/inviteService.ts';
import type { ConversationService } from '../../../server/http/conversationService.ts';
import { createHttpApp, type HttpAppOptions } from '../../../server/http/createHttpApp.ts';
import { createTlsOrHttpServer } from '../../../server/http/createTlsOrHttpServer.ts';
import type { RoomService } from '../../../server/http/roomService.ts';
import type { StillService } from '../../../server/http/stillService.ts';
import type { TastingExportService, TastingService } from '../../../server/http/tastingService.ts';

export const SECRETS = {
  shop: 'a-secret-of-more-than-thirty-two-characters',
  other: 'another-secret-of-more-than-thirty-two-chars',
} as const;

export function basicAuth(key: keyof typeof SECRETS = 'shop'): { Authorization: string } {
  return { Authorization: `Basic ${Buffer.from(`${key}:${SECRETS[key]}`).toString('base64')}` };
}

/** Rooms without media, in memory. */
export class FakeRooms implements RoomService {
  readonly #rooms = new Map<string, RoomDetail>();

  createRoom(tenant: string, { name, ...settings }: CreateRoom): Promise<RoomSummary> {
    const id = JSON.stringify([tenant, name]);
    if (this.#rooms.has(id)) {
      return Promise.reject(new ChaxiError('roomExists'));
    }
    const defaults = { maxParticipants: 100, emptyTimeoutMs: 300_000, lobby: false, metadata: '' };
    const state = { createdAt: 1, participantCount: 0, waitingCount: 0, participants: [] };
    const room = { ...defaults, ...settings, name, ...state };
    this.#rooms.set(id, room);
    return Promise.resolve(room);
  }

  async listRooms(tenant: string): Promise<RoomSummary[]> {
    return [...this.#rooms].filter(([id]) => (JSON.parse(id) as string[])[0] === tenant).map(([, room]) => room);
  }

  async getRoom(tenant: string, name: string): Promise<RoomDetail> {
    const room = this.#rooms.get(JSON.stringify([tenant, name]));
    if (room === undefined) {
      throw new ChaxiError('roomNotFound');
    }
    return room;
  }

  closeRoom(tenant: string, name: string): Promise<void> {
    return this.#rooms.delete(JSON.stringify([tenant, name]))
      ? Promise.resolve()
      : Promise.reject(new ChaxiError('roomNotFound'));
  }
}

/** A server without stills, where nobody was asked for one. */
export const noStills: StillService = {
  findExpected() {
    throw new ChaxiError('stillNotFound');
  },
  locatePicture: () => Promise.reject(new ChaxiError('stillNotFound')),
  listStills: () => Promise.resolve([]),
  removeStill: () => Promise.reject(new ChaxiError('stillNotFound')),
};

/** A server without attachments. */
export const noAttachments: AttachmentHttpService = {
  uploads: {
    progressOf: () => Promise.reject(new ChaxiError('attachmentNotFound')),
    append: () => Promise.reject(new ChaxiError('attachmentNotFound')),
    receivePreview: () => Promise.reject(new ChaxiError('attachmentNotFound')),
    discard: () => Promise.reject(new ChaxiError('attachmentNotFound')),
  },
  locate: () => Promise.reject(new ChaxiError('attachmentNotFound')),
};

const notThere = () => Promise.reject(new ChaxiError('conversationNotFound'));
/** A server on which nobody has said anything. */
export const noConversations: ConversationService = {
  create: notThere,
  listOf: async () => ({ conversations: [], more: false }),
  get: notThere,
  delete: notThere,
  listMembers: notThere,
  putMembers: notThere,
  removeMember: notThere,
  post: notThere,
};

/** A server on which nothing was tasted. */
export const noTastings: TastingService & TastingExportService = {
  readGuide: async () => ({ revision: 0, guide: null }),
  putGuide: async (_tenant, _room, guide) => ({ revision: 1, guide }),
  ofRoom: async (_tenant, room) => ({ room, exportedAt: 1, identity: null, guide: null, notes: [], stills: [] }),
  ofPerson: async (_tenant, { room, sub: identity }) => ({
    room,
    exportedAt: 1,
    identity,
    guide: null,
    notes: [],
    stills: [],
  }),
};

const notInvited = () => Promise.reject(new ChaxiError('inviteNotFound'));
/** A server to which nobody was invited. */
export const noInvites: InviteService = {
  create: notInvited,
  list: async () => [],
  revoke: notInvited,
  redeem: notInvited,
};

export interface StartOptions extends Partial<Omit<HttpAppOptions, 'config' | 'logger' | 'metrics'>> {
  /** What differs from the defaults of the configuration. */
  config?: Record<string, unknown>;
}

export interface StartedApp {
  url: string;
  port: number;
  metrics: Metrics;
  /** Log entries so far. */
  logs: Record<string, unknown>[];
  close(): Promise<void>;
}

/** The app on a free port of loopback, over http or, where the configuration has a certificate, https. */
export async function startHttpApp({ config: overrides = {}, ...parts }: StartOptions = {}): Promise<StartedApp> {
  const config = configSchema.parse({ mode: 'production', auth: { apiKeys: SECRETS }, ...overrides });
  const logs: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logs.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const logger = createLogger({ level: 'debug', format: 'json' }, config.mode, stream);
  const metrics = new Metrics();
  const app = createHttpApp({
    rooms: new FakeRooms(),
    stills: noStills,
    tastings: noTastings,
    tastingExports: noTastings,
    attachments: noAttachments,
    conversations: noConversations,
    invites: noInvites,
    people: [],
    nodeUrls: () => [],
    health: { live: () => true, ready: () => ({ ready: true, reasons: [] }) },
    staticFolders: { pages: '/nonexistent', sdk: '/nonexistent' },
    ...parts,
    config,
    logger,
    metrics,
  });
  const server = createTlsOrHttpServer(config, app, logger);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${config.http.tls.certFile === null ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    metrics,
    logs,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Starts one app for a suite. Read it inside a test. */
export function appForSuite(makeOptions: () => StartOptions = () => ({})): { readonly current: StartedApp } {
  let started: StartedApp;
  before(async () => {
    started = await startHttpApp(makeOptions());
  });
  after(() => started.close());
  return {
    get current() {
      return started;
    },
  };
}

/** The code of an error answer, after checking its form. */
export async function errorCodeOf(response: Response): Promise<string> {
  const body = (await response.json()) as { error?: { code?: unknown; message?: unknown } };
  const { code, message } = body.error ?? {};
  if (typeof code !== 'string' || typeof message !== 'string') {
    throw new Error(`expected an error, got ${JSON.stringify(body)}`);
  }
  return code;
}
