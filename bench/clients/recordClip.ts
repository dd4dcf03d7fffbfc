import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import type { ClipMethods, ClipRequest } from '../probes/pages/clip.ts';
import type { Clip } from './VideoSender.ts';

interface ClipFile {
  frameRate: number;
  /** VP8, in base64. */
  frames: string[];
}

/** Lets Chromium encode a clip for clients without a browser. @returns the file it is in */
export async function recordClip(browser: Browser, dir: string, request: ClipRequest): Promise<string> {
  const server = await ProbeServer.start(['clip']);
  try {
    const page = await browser.open(server.urlOf('clip'));
    const frames = await callProbe<ClipMethods, 'encode'>(page, 'encode', request);
    await page.close();
    const file = join(dir, `clip-${request.width}-${request.bitrateBps}.json`);
    await writeFile(file, JSON.stringify({ frameRate: request.frameRate, frames } satisfies ClipFile));
    return file;
  } finally {
    server.close();
  }
}

export async function readClip(file: string): Promise<Clip> {
  const { frameRate, frames } = JSON.parse(await readFile(file, 'utf8')) as ClipFile;
  return { frameRate, frames: frames.map((frame) => Buffer.from(frame, 'base64')) };
}
