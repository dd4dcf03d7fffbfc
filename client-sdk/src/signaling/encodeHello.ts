import type { Hello } from '../../../protocol/signaling.ts';

/** JSON, raw DEFLATE (RFC 1951), base64url (RFC 4648 section 5): the capabilities of a browser in about 1 kB. */
export async function encodeHello(hello: Hello): Promise<string> {
  const json = new Blob([JSON.stringify(hello)]);
  const deflated = await new Response(json.stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  let binary = '';
  for (const byte of new Uint8Array(deflated)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
