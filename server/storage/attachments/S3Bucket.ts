import { AwsClient } from 'aws4fetch';
import type { Config } from '../../../config/schema.ts';

export type S3Settings = Config['messages']['s3'];

export interface ListedObject {
  key: string;
  /** Milliseconds since 1970. */
  changedAt: number;
}

const ANSWER_WITHIN_MS = 10_000;
/** Where a file has to get there first. */
const PUT_WITHIN_MS = 600_000;
/** Further attempts, where the bucket is busy or stumbles. */
const RETRIES = 2;

/** Objects in a bucket that speaks the protocol of Amazon S3 (signature version 4). Whatever it answers that was not asked for is an Error. */
export class S3Bucket {
  readonly #client: AwsClient;
  readonly #url: string;

  /** @param settings Whole: config/crossChecks.ts has looked at them. */
  constructor({ endpoint, bucket, region, accessKeyId, secretAccessKey, forcePathStyle }: S3Settings) {
    this.#client = new AwsClient({
      accessKeyId: accessKeyId ?? '',
      secretAccessKey: secretAccessKey ?? '',
      service: 's3',
      region,
      retries: RETRIES,
    });
    const url = new URL(endpoint ?? '');
    if (!forcePathStyle) url.hostname = `${bucket}.${url.hostname}`;
    this.#url = `${url.href.replace(/\/$/, '')}${forcePathStyle ? `/${bucket}` : ''}`;
  }

  /** When this resolves the object is kept. */
  async put(key: string, content: Blob): Promise<void> {
    const response = await this.#ask(this.#urlOf(key), { method: 'PUT', body: content }, PUT_WITHIN_MS);
    await expectOk('put', response);
    await response.body?.cancel();
  }

  /** @param range As in HTTP. @returns status 200, 206, 416, or 404; its body is to be read or cancelled */
  async get(key: string, range?: string): Promise<Response> {
    const response = await this.#ask(this.#urlOf(key), { headers: range === undefined ? {} : { range } });
    if (response.status !== 404 && response.status !== 416) await expectOk('get', response);
    return response;
  }

  /** Bytes of an object; undefined where there is none. */
  async sizeOf(key: string): Promise<number | undefined> {
    const response = await this.#ask(this.#urlOf(key), { method: 'HEAD' });
    if (response.status === 404) return undefined;
    await expectOk('head', response);
    return Number(response.headers.get('content-length'));
  }

  /** Also where there is none. */
  async remove(key: string): Promise<void> {
    const response = await this.#ask(this.#urlOf(key), { method: 'DELETE' });
    if (response.status !== 404) await expectOk('delete', response);
    await response.body?.cancel();
  }

  /** All whose keys begin so, in pieces as the bucket gives them. */
  async *list(prefix: string): AsyncGenerator<ListedObject[]> {
    for (let after = ''; ;) {
      const query = new URLSearchParams({ 'list-type': '2', prefix, 'start-after': after });
      const response = await this.#ask(`${this.#url}?${query}`, {});
      await expectOk('list', response);
      const text = await response.text();
      const objects = [...text.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, content = '']) => ({
        key: fieldOf(content, 'Key'),
        changedAt: Date.parse(fieldOf(content, 'LastModified')),
      }));
      if (objects.length > 0) yield objects;
      if (fieldOf(text, 'IsTruncated') !== 'true' || objects.length === 0) return;
      after = objects.at(-1)!.key;
    }
  }

  /** @param withinMs Until its answer begins: what is had may take longer. */
  async #ask(url: string, init: RequestInit, withinMs = ANSWER_WITHIN_MS): Promise<Response> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(`The bucket did not answer within ${withinMs} ms.`)), withinMs);
    try {
      return await this.#client.fetch(url, { ...init, signal: late.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  #urlOf(key: string): string {
    return `${this.#url}/${key}`;
  }
}

async function expectOk(operation: string, response: Response): Promise<void> {
  if (response.ok) return;
  const code = fieldOf(await response.text(), 'Code');
  throw new Error(`The bucket refused ${operation}: ${response.status} ${code}`);
}

/** Our own keys have no character that XML writes in another way. */
function fieldOf(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
}
