import type { ChaxiError } from '../../../../protocol/ChaxiError.ts';

/** Where one socket goes, and with what token. */
export interface SocketAddress {
  serverUrl: string;
  token: string;
}

/** What becomes of one socket. */
export interface SocketHandler {
  /** The server has let it in. */
  opened(): void;
  /** An event of protocol/realtime.ts. */
  event(name: string, data: unknown): void;
  /** The end, once, also where it never opened; not after an own `close()`. */
  closed(error: ChaxiError): void;
}

/** One connection to the server, from its opening to its loss. */
export interface RealtimeSocket {
  /** When something last arrived, by `performance.now()`. */
  readonly receivedAt: number;
  /** @returns what the server answers: `{ data }` or `{ error }` @throws ChaxiError connectionLost, requestTimeout */
  request(method: string, data: unknown, timeoutMs: number): Promise<unknown>;
  /** Says something that is of no use any more when it can not be said now. */
  notify(name: string, data: unknown): void;
  close(): void;
}

export type OpenSocket = (address: SocketAddress, handler: SocketHandler) => RealtimeSocket;
