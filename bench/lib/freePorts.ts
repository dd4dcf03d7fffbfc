import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

const LOWEST = 20_000;
/** Below the ports that Linux gives to outgoing connections. */
const HIGHEST = 32_000;
const ATTEMPTS = 200;

/** The first of `count` ports in a row that are free for UDP and TCP on each of the addresses. */
export async function freePorts(count: number, addresses: readonly string[]): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const first = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST - count));
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const checks = ports.flatMap((port) => addresses.map((address) => isFree(address, port)));
    if ((await Promise.all(checks)).every(Boolean)) return first;
  }
  throw new Error(`There are no ${count} free ports in a row from ${LOWEST} to ${HIGHEST}.`);
}

async function isFree(address: string, port: number): Promise<boolean> {
  const server = createServer();
  const socket = createSocket('udp4');
  try {
    const bound = Promise.all([once(server, 'listening'), once(socket, 'listening')]);
    server.listen(port, address);
    socket.bind(port, address);
    await bound;
    return true;
  } catch {
    return false;
  } finally {
    server.close();
    socket.close();
  }
}
