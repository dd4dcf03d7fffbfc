import type { StillInfo, StillUpload } from '../../protocol/stills.ts';
import { jpegPicture } from './pictures.ts';
import { videoParameters } from './rtpFixtures.ts';
import type { TestServer } from './testServer.ts';
import type { Visitor } from './Visitors.ts';

type Node = Pick<TestServer, 'url'>;

/** Publishes the cup; answers what to ask a still with. */
export async function showCup(
  { client, participantId }: Visitor,
  ssrc = 1,
): Promise<{
  participantId: string;
  source: 'teaCloseUp';
  producerId: string;
}> {
  const source = 'teaCloseUp';
  const rtpParameters = videoParameters(ssrc);
  const { producerId } = await client.request('produce', { kind: 'video', source, rtpParameters });
  return { participantId, source, producerId };
}

/** Sends a picture as the SDK does. */
export function sendPicture(
  node: Node,
  upload: Pick<StillUpload, 'serverUrl' | 'path' | 'token'>,
  body: BodyInit | Buffer = jpegPicture(),
  { query = '', headers = {}, ...init }: RequestInit & { query?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(`${upload.serverUrl ?? node.url}${upload.path}${query}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${upload.token}`, ...headers },
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
    ...init,
  });
}

/** Sends the small picture that comes before. */
export function sendPreview(
  node: Node,
  upload: Pick<StillUpload, 'serverUrl' | 'path' | 'token'>,
  ...rest: [body?: BodyInit | Buffer, init?: Parameters<typeof sendPicture>[3]]
): Promise<Response> {
  return sendPicture(node, { ...upload, path: `${upload.path}/preview` }, ...rest);
}

/** Asks someone's cup for a still and sends it on their behalf; answers when the asker has heard of it. */
export async function takeStill(
  node: Node,
  asker: Visitor,
  publisher: Visitor,
  picture?: Buffer,
  preview?: Buffer,
): Promise<StillInfo> {
  const { stillId } = await asker.client.request('requestStill', {
    participantId: publisher.participantId,
    source: 'teaCloseUp',
  });
  const { upload } = await publisher.client.notification('stillRequested', (request) => request.stillId === stillId);
  if (preview) await sendPreview(node, upload, preview);
  const sent = await sendPicture(node, upload, picture);
  if (sent.status !== 201) throw new Error(`The picture was answered with ${sent.status} ${await sent.text()}`);
  return (await asker.client.notification('stillAdded', ({ still }) => still.stillId === stillId)).still;
}
