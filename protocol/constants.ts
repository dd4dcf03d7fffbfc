/** Path of the WebSocket; its subprotocol is `protoo`. */
export const SIGNALING_PATH = '/signaling';
