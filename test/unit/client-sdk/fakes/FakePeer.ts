import type { Peer } from 'protoo-client';
import type { PeerFactory } from '../../../../client-sdk/src/signaling/SignalingSocket.ts';
import type { ServerNotification, ServerNotificationData } from '../../../../protocol/signaling.ts';

interface SentRequest {
  method: string;
  data: unknown;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** A protoo peer whose server is the test. */
export class FakePeer {
  readonly url: URL;
  readonly requests: SentRequest[] = [];
  readonly notifications: { method: string; data: unknown }[] = [];
  closed = false;
  readonly #listeners = new Map<string, (argument: unknown) => void>();

  constructor(url: string) {
    this.url = new URL(url);
  }

  on(event: string, listener: (argument: unknown) => void): void {
    this.#listeners.set(event, listener);
  }

  request(method: string, data: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => this.requests.push({ method, data, resolve, reject }));
  }

  notify(method: string, data: unknown): Promise<void> {
    this.notifications.push({ method, data });
    return Promise.resolve();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const { reject } of this.requests) reject(new Error('peer closed'));
    this.emit('close');
  }

  emit(event: 'open' | 'disconnected' | 'failed' | 'close' | 'notification', argument?: unknown): void {
    this.#listeners.get(event)?.(argument);
  }

  say<N extends ServerNotification>(method: N, data: ServerNotificationData<N>): void {
    this.emit('notification', { notification: true, method, data });
  }

  /** Refuses a request as the server does. */
  static refusal(status: number, body: object): Error {
    return Object.assign(new Error(JSON.stringify(body)), { code: status });
  }
}

/** Makes fake peers and keeps them, the latest last. */
export function fakePeers(): { createPeer: PeerFactory; peers: FakePeer[]; latest: () => FakePeer } {
  const peers: FakePeer[] = [];
  return {
    peers,
    createPeer: (url) => {
      const peer = new FakePeer(url);
      peers.push(peer);
      return peer as unknown as Peer;
    },
    latest: () => {
      const peer = peers.at(-1);
      if (!peer) throw new Error('no socket was opened');
      return peer;
    },
  };
}
