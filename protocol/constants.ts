/** Path of the WebSocket; its subprotocol is `protoo`. */
export const SIGNALING_PATH = '/signaling';

/** Path of socket.io. */
export const REALTIME_PATH = '/realtime';

/** Between two reports of a client on its network. */
export const NETWORK_REPORT_INTERVAL_MS = 2_000;
