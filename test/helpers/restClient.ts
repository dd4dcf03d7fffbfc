import type { TestServer } from './testServer.ts';
import { API_KEY, API_SECRET } from './testServer.ts';

export interface RestAnswer {
  status: number;
  body: unknown;
}

/** Calls the REST interface of a node as the backend of a shop does. */
export async function callRest(
  node: Pick<TestServer, 'url'>,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  credentials = `${API_KEY}:${API_SECRET}`,
): Promise<RestAnswer> {
  const response = await fetch(`${node.url}/v1${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}
