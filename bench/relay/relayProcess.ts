import { serve } from '../lib/childService.ts';
import type { Route } from './Endpoint.ts';
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
