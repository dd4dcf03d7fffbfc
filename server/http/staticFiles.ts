import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router, type Response } from 'express';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Logger } from '../base/logger.ts';

/** Where the bundles are. */
export interface StaticFolders {
  /** Pages and the element: web/dist. */
  pages: string;
  /** The SDK: client-sdk/dist. */
  sdk: string;
}

const repository = join(import.meta.dirname, '../..');
export const defaultStaticFolders: StaticFolders = {
  pages: join(repository, 'web/dist'),
  sdk: join(repository, 'client-sdk/dist'),
};

const NOT_BUILT = 'The pages are not built. Run `node scripts/setup.mjs` in the folder of the server, then reload.';
const SDK_FILE = /^\/chaxi-(client|messages|color)[\w.-]*\.js(\.map)?$/;
const PAGES = ['/', '/room', '/card', '/counter', '/chat', '/invite', '/notes'];
const ELEMENTS = ['/chaxi-room.js', '/chaxi-chat.js'];
const IMMUTABLE = /[\\/]chunks[\\/]/;

/** The pages (`/`, `/room`, `/card`, `/counter`, `/chat`, `/invite`, `/notes`), the elements and the SDK for the pages of shops. */
export function staticFiles(folders: StaticFolders, logger: Logger): Router {
  const isBuilt = () => existsSync(join(folders.pages, 'index.html'));
  if (!isBuilt()) {
    logger.warn(NOT_BUILT);
  }
  const router = Router();
  const options = { redirect: false, dotfiles: 'ignore', setHeaders: setFileHeaders } as const;
  router.use(express.static(folders.pages, { ...options, extensions: ['html'] }));
  router.get(SDK_FILE, express.static(folders.sdk, { ...options, index: false }));
  router.get([SDK_FILE, ...PAGES, ...ELEMENTS], (_request, _response, next) => {
    next(isBuilt() ? undefined : new ChaxiError('notFound', { message: NOT_BUILT }));
  });
  return router;
}

/** A chunk's name has the hash of its content; everything else is asked for again, and answered by its ETag. */
function setFileHeaders(response: Response, file: string): void {
  response.set('Cache-Control', IMMUTABLE.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (!file.endsWith('.html')) {
    response.set('Access-Control-Allow-Origin', '*');
    response.set('Cross-Origin-Resource-Policy', 'cross-origin');
  }
}
