import { build } from 'esbuild';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { inlineWorker } from '../../scripts/bundle/inlineWorker.mjs';

const PAGES_DIR = fileURLToPath(new URL('../probes/pages', import.meta.url));

const html = (name: string) => `<!doctype html>
<meta charset="utf-8">
<title>${name}</title>
<link rel="icon" href="data:,">
<style>body { margin: 0; background: #777 } video { display: block; float: left }</style>
<script type="module" src="/${name}.js"></script>
`;

/** Serves the pages that measure, on loopback, which browsers trust as they trust https. */
export class ProbeServer {
  readonly #server: Server;

  /** Bundles the probes of these names. */
  static async start(names: readonly string[]): Promise<ProbeServer> {
    const { outputFiles } = await build({
      entryPoints: names.map((name) => `${PAGES_DIR}/${name}.ts`),
      outdir: '/',
      bundle: true,
      format: 'esm',
      target: 'chrome120',
      minify: true,
      plugins: [inlineWorker],
      write: false,
    });
    const files = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const script = files.get(path);
      if (script) response.setHeader('content-type', 'text/javascript').end(script);
      else if (names.includes(path.slice(1))) response.setHeader('content-type', 'text/html').end(html(path.slice(1)));
      else response.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ProbeServer(server);
  }

  private constructor(server: Server) {
    this.#server = server;
  }

  urlOf(name: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${name}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
