/** The part of protoo-server 4 that we use; the package has no types. */
declare module 'protoo-server' {
  import type { EventEmitter } from 'node:events';

  export interface ProtooRequest {
    id: number;
    method: string;
    data: unknown;
  }

  export interface ProtooNotification {
    method: string;
    data: unknown;
  }

  /** What a Peer needs of its transport; it emits `message` (one parsed message) and `close`. */
  export interface ProtooTransport extends EventEmitter {
    readonly closed: boolean;
    close(): void;
    send(message: object): Promise<void>;
  }

  interface PeerEvents {
    request: [
      request: ProtooRequest,
      accept: (data?: object) => void,
      reject: (errorCode: number, errorReason: string) => void,
    ];
    notification: [notification: ProtooNotification];
    close: [];
  }

  export interface ProtooPeer extends EventEmitter<PeerEvents> {
    readonly id: string;
    readonly closed: boolean;
    close(): void;
    notify(method: string, data?: object): Promise<void>;
  }

  export interface Room {
    /** Wraps a transport; the peer leaves the room when the transport closes. */
    createPeer(peerId: string, transport: ProtooTransport): ProtooPeer;
    close(): void;
  }

  const protoo: { Room: new () => Room };
  export default protoo;
}
