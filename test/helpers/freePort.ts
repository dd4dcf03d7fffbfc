import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The first of `count` TCP ports in a row that are free on loopback now. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const [first] = await listen([0]);
    const rest = Array.from({ length: count - 1 }, (_, index) => (first ?? 0) + index + 1);
    if (first !== undefined && (await listen(rest)).length === rest.length) return first;
  }
}

/** Listens on each port and stops again; answers those that it could listen on. */
async function listen(ports: readonly number[]): Promise<number[]> {
  const opened = await Promise.all(
    ports.map(
      (port) =>
        new Promise<number[]>((resolve) => {
          const server = createServer();
          server.once('error', () => resolve([]));
          server.listen(port, '127.0.0.1', () => {
            const { port: got } = server.address() as AddressInfo;
            server.close(() => resolve([got]));
          });
        }),
    ),
  );
  return opened.flat();
}
