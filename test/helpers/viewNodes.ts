import type { ChaxiServer } from '../../server/createServer.ts';
import type { Room } from '../../server/rooms/Room.ts';

/**
 * Several nodes as if they were one, for tests that look into a server: what of it makes sense of all of them together, and
 * nothing else.
 * @param settled resolves when all have heard what one of them did
 */
export function viewNodes(nodes: readonly ChaxiServer[], settled: () => Promise<void>): ChaxiServer {
  const registries = nodes.map(({ registry }) => registry);
  const partsOf = (tenant: string, name: string) => registries.flatMap((registry) => registry.find(tenant, name) ?? []);
  const registry = view<ChaxiServer['registry']>('registry', {
    get rooms() {
      const parts = Object.groupBy(
        registries.flatMap(({ rooms }) => rooms),
        ({ id }) => id,
      );
      return Object.values(parts).map((rooms) => viewRoom(rooms ?? []));
    },
    get size() {
      return this.rooms?.length ?? 0;
    },
    find(tenant, name) {
      const parts = partsOf(tenant, name);
      return parts.length > 0 ? viewRoom(parts) : undefined;
    },
    getRoom(tenant, name) {
      const holder = registries.find((candidate) => candidate.find(tenant, name)) ?? registries[0]!;
      return holder.getRoom(tenant, name);
    },
    async closeRoom(tenant, name) {
      for (const part of partsOf(tenant, name)) part.close();
      await settled();
    },
    async createRoom(tenant, settings) {
      const made = await registries[0]!.createRoom(tenant, settings);
      await settled();
      return made;
    },
  });
  const pool = view<ChaxiServer['pool']>('pool', {
    get workers() {
      return nodes.flatMap((node) => node.pool.workers);
    },
  });
  return view<ChaxiServer>('server', { registry, pool });
}

/** @param parts of the same room, one a node that has it */
function viewRoom(parts: readonly Room[]): Room {
  return view<Room>('room', {
    get participants() {
      return parts.flatMap(({ participants }) => participants);
    },
    get routerCount() {
      return parts.reduce((sum, { routerCount }) => sum + routerCount, 0);
    },
    close(code) {
      for (const part of parts) part.close(code);
    },
  });
}

/** Stands for a `T` by these of its members alone. */
function view<T extends object>(what: string, members: Partial<T> & ThisType<Partial<T>>): T {
  return new Proxy(members as T, {
    get(target, name) {
      if (name in target || typeof name === 'symbol') return Reflect.get(target, name) as unknown;
      throw new Error(
        `${what}.${name} is of one node: leave the test out (scripts/test/threeNodes.mjs), or say what it is of several.`,
      );
    },
  });
}
