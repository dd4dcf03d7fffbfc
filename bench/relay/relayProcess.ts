import { serve } from '../lib/childService.ts';
import type { Endpoint, Route } from './Endpoint.ts';
import type { LinkStatistics } from './Link.ts';
import type { LinkSettings } from './linkSettings.ts';
import { Path } from './Path.ts';
import { TcpForwarder } from './TcpForwarder.ts';
import { UdpForwarder } from './UdpForwarder.ts';

export interface RelayOptions {
  udp: Route[];
  tcp: Route[];
  seed: number;
}

export interface RelayStatistics {
  up: LinkStatistics;
  down: LinkStatistics;
  udpFlows: number;
  tcpConnections: number;
}

let path: Path | undefined;
let udp: UdpForwarder[] = [];
let tcp: TcpForwarder[] = [];

function assertPath(): Path {
  if (!path) throw new Error('The relay has not been opened.');
  return path;
}

const methods = {
  async open({ seed, ...routes }: RelayOptions): Promise<void> {
    const opened = new Path(seed);
    path = opened;
    [udp, tcp] = await Promise.all([
      Promise.all(routes.udp.map((route) => UdpForwarder.open(route, opened))),
      Promise.all(routes.tcp.map((route) => TcpForwarder.open(route, opened))),
    ]);
  },
  set({ up, down }: { up?: Partial<LinkSettings>; down?: Partial<LinkSettings> }): void {
    if (up) assertPath().up.set(up);
    if (down) assertPath().down.set(down);
  },
  /** One more place for datagrams, at any free port of `host`. */
  async addUdp({ host, target }: { host: string; target: Endpoint }): Promise<Endpoint> {
    const forwarder = await UdpForwarder.open({ listen: { host, port: 0 }, target }, assertPath());
    udp.push(forwarder);
    return { host, port: forwarder.port };
  },
  /** Nothing passes for so long. @returns when it is over, in milliseconds since 1970 */
  cut(durationMs: number): number {
    return performance.timeOrigin + assertPath().cut(durationMs);
  },
  /** The clients have other addresses from now on. @returns when that was, in milliseconds since 1970 */
  changeAddresses(): number {
    for (const forwarder of [...udp, ...tcp]) forwarder.abandon();
    return performance.timeOrigin + performance.now();
  },
  statistics(): RelayStatistics {
    const { up, down } = assertPath();
    return {
      up: up.statistics,
      down: down.statistics,
      udpFlows: udp.reduce((sum, forwarder) => sum + forwarder.flows, 0),
      tcpConnections: tcp.reduce((sum, forwarder) => sum + forwarder.connections, 0),
    };
  },
  /** When the first RTP packet of a stream was handed to a client, in milliseconds since 1970. */
  firstPacketAt(ssrc: number): number | null {
    return udp.map((forwarder) => forwarder.firstPackets.timeOf(ssrc)).find((time) => time !== null) ?? null;
  },
};

export type RelayMethods = typeof methods;

serve(methods);
