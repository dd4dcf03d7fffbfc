import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import { helloSchema, type Hello } from '../../protocol/signaling.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { parseInput } from '../base/parseInput.ts';

const inflate = promisify(inflateRaw);

/**
 * Reads what travels in the query of the upgrade.
 * @throws ChaxiError protocolVersion, badRequest, messageTooLarge
 */
export async function readUpgrade(url: string): Promise<{ token: string; hello: Hello; moved: boolean }> {
  const query = new URL(url, 'http://localhost').searchParams;
  if (query.get('v') !== String(PROTOCOL_VERSION)) throw new ChaxiError('protocolVersion', { path: 'v' });
  const hello = parseInput(helloSchema, await readHello(query.get('hello') ?? ''), 'hello');
  return { token: query.get('token') ?? '', hello, moved: query.has('moved') };
}

/** base64url of raw DEFLATE of JSON. */
async function readHello(text: string): Promise<unknown> {
  const compressed = Buffer.from(text, 'base64url');
  let json: Buffer;
  try {
    json = await inflate(compressed, { maxOutputLength: limits.helloBytes });
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new ChaxiError(tooLarge ? 'messageTooLarge' : 'badRequest', { path: 'hello', cause });
  }
  try {
    return JSON.parse(json.toString());
  } catch (cause) {
    throw new ChaxiError('badRequest', { path: 'hello', cause });
  }
}
