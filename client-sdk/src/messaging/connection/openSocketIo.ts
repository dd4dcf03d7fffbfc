import { io } from 'socket.io-client';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { REALTIME_PATH } from '../../../../protocol/constants.ts';
import type { RealtimeAuth } from '../../../../protocol/realtime.ts';
import { PROTOCOL_VERSION } from '../../../../protocol/version.ts';
import { httpUrl } from '../../signaling/httpUrl.ts';
import type { OpenSocket } from './RealtimeSocket.ts';

/** From the first packet until the server has let the socket in. */
const OPEN_TIMEOUT_MS = 10_000;

/** Opens a socket by socket.io. When to open the next one is decided elsewhere (`RealtimeConnection`). */
export const openSocketIo: OpenSocket = ({ serverUrl, token }, handler) => {
  const { origin, pathname } = new URL(httpUrl(serverUrl, REALTIME_PATH));
  const auth: RealtimeAuth = { v: PROTOCOL_VERSION, token };
  const socket = io(origin, {
    path: pathname,
    auth,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    timeout: OPEN_TIMEOUT_MS,
  });
  let receivedAt = performance.now();
  let ended = false;
  /** What the server said before it closed the socket. */
  let farewell: ChaxiError | null = null;
  const end = (error: ChaxiError) => {
    if (ended) return;
    ended = true;
    clearTimeout(opening);
    socket.close();
    handler.closed(error);
  };
  // socket.io waits for the transport only, and not for the answer of the server behind it.
  const opening = setTimeout(() => end(new ChaxiError('serverUnreachable')), OPEN_TIMEOUT_MS);

  socket.on('connect', () => {
    clearTimeout(opening);
    if (!ended) handler.opened();
  });
  socket.on('connect_error', (error: Error & { data?: unknown }) =>
    end(error.data ? ChaxiError.fromBody(error.data) : new ChaxiError('serverUnreachable', { cause: error })),
  );
  socket.on('disconnect', (reason) => end(farewell ?? new ChaxiError('connectionLost', { cause: reason })));
  socket.onAny((name: string, data: unknown) => {
    if (ended) return;
    if (name === 'closed') farewell = ChaxiError.fromBody((data as { error?: unknown } | null)?.error);
    else handler.event(name, data);
  });
  socket.io.engine.on('packet', () => (receivedAt = performance.now()));

  return {
    get receivedAt() {
      return receivedAt;
    },
    request: async (method, data, timeoutMs) => {
      try {
        return (await socket.timeout(timeoutMs).emitWithAck(method, data)) as unknown;
      } catch (error) {
        throw new ChaxiError(socket.connected ? 'requestTimeout' : 'connectionLost', { cause: error });
      }
    },
    notify: (name, data) => void socket.volatile.emit(name, data),
    close: () => {
      ended = true;
      clearTimeout(opening);
      socket.close();
    },
  };
};
