import type { Logger } from '../Logger.ts';
import type { OpenSocket } from './connection/RealtimeSocket.ts';
import type { UploadAttachment } from './uploads/AttachmentUpload.ts';

export interface ChaxiMessengerOptions {
  /** Address of the Chaxi server, e.g. `https://tea.example:4480`. */
  url: string;
  /** Access token (one without a room is enough), or a function that fetches one; it is asked again for each connection. */
  token: string | (() => string | Promise<string>);
  /** Which node to connect to, asked for each connection; default: `url`, which names the server on this device anyway. */
  server?: () => string;
  /**
   * Where messages wait until the server has them. `indexedDB` (default) outlives a reload and a crash, and is shared by the tabs of
   * one browser; where the browser has none, they wait in memory, and `storageFailed` tells.
   */
  storage?: 'indexedDB' | 'memory';
  /** Default: warnings and errors to the console. */
  logger?: Logger;
  /** @internal */
  openSocket?: OpenSocket;
  /** @internal */
  upload?: UploadAttachment;
  /** @internal */
  prepare?: (picture: Blob) => Promise<Blob>;
}
