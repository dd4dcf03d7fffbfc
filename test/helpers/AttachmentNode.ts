import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema, type Config } from '../../config/schema.ts';
import type { Message, OutgoingContent } from '../../protocol/messages.ts';
import type { RealtimeResponse } from '../../protocol/realtime.ts';
import { Cluster } from '../../server/cluster/Cluster.ts';
import { AttachmentDesk, type AttachmentDeskOptions } from '../../server/messaging/attachments/AttachmentDesk.ts';
import type { Person } from '../../server/messaging/Person.ts';
import { Storage } from '../../server/storage/Storage.ts';
import { recordLog, type LogEntry } from './recordLog.ts';
import { SECRETS, startHttpApp, type StartedApp } from '../unit/http/startHttpApp.ts';

export type Ticket = RealtimeResponse<'createAttachment'>;

export interface AttachmentNodeOptions {
  messages?: Partial<Config['messages']>;
  http?: Partial<Config['http']>;
  /** Instead of a cluster of one. */
  cluster?: AttachmentDeskOptions['cluster'];
  /** The node whose database this one shares. */
  sharing?: AttachmentNode;
}

/** What a node has of attachments, without the rest of it: storage, and HTTP on a free port. */
export class AttachmentNode {
  readonly dataDir: string;
  readonly storage: Storage;
  readonly desk: AttachmentDesk;
  readonly app: StartedApp;
  /** What the storage and the desk have said. */
  readonly log: LogEntry[];
  readonly #database: Storage;
  readonly #closeCluster: () => Promise<void>;
  #sent = 0;

  static async start(options: AttachmentNodeOptions = {}): Promise<AttachmentNode> {
    const dataDir = mkdtempSync(join(tmpdir(), 'chaxi-test-'));
    const { messages, sharing } = options;
    const http = { corsOrigins: ['https://shop.example'], rateLimitPerMinute: 100_000, ...options.http };
    const overrides = { dataDir, messages, http, auth: { apiKeys: SECRETS } };
    const config = configSchema.parse(overrides);
    const { logger, entries } = recordLog();
    const storage = await Storage.open({ config, logger });
    const own = options.cluster ? undefined : await Cluster.open({ config, logger });
    const cluster = options.cluster ?? own!;
    const database = sharing?.storage ?? storage;
    const { attachments: store } = database.messaging;
    const desk = new AttachmentDesk({ store, files: storage.attachmentFiles, cluster, config, logger });
    const app = await startHttpApp({ config: overrides, attachments: desk });
    return new AttachmentNode({ dataDir, storage, desk, app, log: entries, database }, async () => own?.close());
  }

  private constructor(
    parts: Pick<AttachmentNode, 'dataDir' | 'storage' | 'desk' | 'app' | 'log'> & { database: Storage },
    closeCluster: () => Promise<void>,
  ) {
    this.dataDir = parts.dataDir;
    this.storage = parts.storage;
    this.desk = parts.desk;
    this.app = parts.app;
    this.log = parts.log;
    this.#database = parts.database;
    this.#closeCluster = closeCluster;
  }

  get url(): string {
    return this.app.url;
  }

  get folder(): string {
    return join(this.dataDir, 'attachments');
  }

  /** A new conversation with one customer. */
  async converse(): Promise<{ person: Person; conversationId: string }> {
    const person = { tenant: 'shop', identity: randomUUID(), name: '客人', counter: false };
    const { conversationId } = await this.#database.messaging.conversations.ensure(
      { tenant: 'shop', kind: 'shop', customer: person.identity, title: person.name },
      Date.now(),
    );
    return { person, conversationId };
  }

  async begin(sizeBytes: number, { name = 'cup.jpg', ...given }: Partial<Talk> & { name?: string } = {}) {
    const talk = { ...(await this.converse()), ...given };
    const { person, conversationId } = talk;
    return { ...talk, ticket: await this.desk.createAttachment(person, conversationId, { name, sizeBytes }) };
  }

  /** A whole upload, in one request. */
  async upload(bytes: Buffer, options: Partial<Talk> & { name?: string; preview?: Buffer } = {}) {
    const { preview, ...rest } = options;
    const begun = await this.begin(bytes.length, rest);
    if (preview) await this.putPreview(begun.ticket, preview);
    const response = await this.patch(begun.ticket, bytes);
    if (response.status !== 204) throw new Error(`the upload was refused: ${await response.text()}`);
    return begun;
  }

  patch(ticket: Ticket, bytes: Buffer, offset = 0, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + ticket.path, {
      method: 'PATCH',
      headers: {
        ...tusHeaders(ticket),
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
        ...headers,
      },
      body: new Uint8Array(bytes),
    });
  }

  /** Bytes that have come, as the server says; its status where it does not. */
  async offsetOf(ticket: Ticket): Promise<string | number> {
    const response = await fetch(this.url + ticket.path, { method: 'HEAD', headers: tusHeaders(ticket) });
    return response.headers.get('upload-offset') ?? response.status;
  }

  putPreview(ticket: Ticket, preview: Buffer): Promise<Response> {
    const headers = { authorization: `Bearer ${ticket.token}` };
    return fetch(`${this.url}${ticket.path}/preview`, { method: 'PUT', headers, body: new Uint8Array(preview) });
  }

  /** As `send` does it. */
  async send({ person, conversationId }: Talk, outgoing: OutgoingContent): Promise<Message> {
    const content = await this.desk.resolve(person, conversationId, outgoing);
    const { identity, name } = person;
    this.#sent += 1;
    const [sent] = await this.#database.messaging.messages.append([
      {
        conversationId,
        from: { identity, name },
        sentAt: Date.now(),
        messages: [{ clientId: `${identity}:${this.#sent}`, content, replyTo: null, mentions: [] }],
      },
    ]);
    if (!sent || sent instanceof Error) throw sent ?? new Error('nothing was sent');
    return sent.messages[0]!;
  }

  /** As `deleteMessage` does it. */
  async deleteMessage({ conversationId, seq }: Pick<Message, 'conversationId' | 'seq'>): Promise<void> {
    const { attachments } = await this.#database.messaging.messages.change(conversationId, seq, (message) => ({
      ...message,
      content: null,
    }));
    this.desk.discard(attachments);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.desk.close();
    await this.storage.close();
    await this.#closeCluster();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

export interface Talk {
  person: Person;
  conversationId: string;
}

export function tusHeaders({ token }: Ticket): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' };
}
