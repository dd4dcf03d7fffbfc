import { readFile } from 'node:fs/promises';
import { get } from 'node:https';
import type { Certificate } from './certificate.ts';

const TIMEOUT_MS = 5_000;

export interface Answer {
  status: number;
  text: string;
}

/** What a node of our own answers to a GET. @throws Error where it does not answer in time */
export async function askNode(url: string, certificate: Certificate, authorization?: string): Promise<Answer> {
  const ca = await readFile(certificate.certFile);
  const headers = authorization === undefined ? {} : { authorization };
  return new Promise((resolve, reject) => {
    const request = get(url, { ca, headers, timeout: TIMEOUT_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error(`${url} does not answer.`)));
    request.on('error', reject);
  });
}
