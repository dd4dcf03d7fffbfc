import { SIGNALING_PATH } from '../../../protocol/constants.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';

/**
 * The address that a socket is opened at; token and hello travel with the upgrade.
 * @param moved another node sent the client there
 * @throws TypeError for a bad address
 */
export function signalingUrl(serverUrl: string, token: string, hello: string, moved = false): string {
  const url = new URL(serverUrl);
  url.protocol = url.protocol === 'https:' || url.protocol === 'wss:' ? 'wss:' : 'ws:';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${SIGNALING_PATH}`;
  url.hash = '';
  const query = { v: String(PROTOCOL_VERSION), token, hello, ...(moved ? { moved: '1' } : {}) };
  url.search = new URLSearchParams(query).toString();
  return url.href;
}
