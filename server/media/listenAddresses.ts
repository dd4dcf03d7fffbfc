import { isIP, isIPv4 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import type { types } from 'mediasoup';
import type { Config } from '../../config/schema.ts';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/**
 * The addresses that media listens on where the configuration names none: every address of the machine, the ones that
 * others can reach first. Link-local IPv6 is left out, since its candidates need a zone that ICE can not carry.
 */
export function machineAddresses(interfaces: Interfaces): string[] {
  const infos = Object.values(interfaces).flatMap((list) => list ?? []);
  const usable = infos.filter((info) => !info.address.toLowerCase().startsWith('fe80:'));
  return [...usable.filter((info) => !info.internal), ...usable.filter((info) => info.internal)].map(
    (info) => info.address,
  );
}

/**
 * What one WebRtcServer listens on: UDP and TCP on each address, all on one port (0: any free one). The announced address
 * stands in the candidates of every configured address; of the machine's own ones a loopback address keeps its own, which
 * is good only here anyway.
 */
export function listenInfos(options: {
  /** Empty: the machine's own. */
  configured: readonly string[];
  machine: readonly string[];
  announcedAddress: string | null;
  port: number;
}): types.TransportListenInfo[] {
  const { configured, machine, announcedAddress, port } = options;
  const addresses = configured.length > 0 ? configured : machine;
  return addresses.flatMap((ip) => {
    const announces = announcedAddress !== null && (configured.length > 0 || !isLoopback(ip));
    return (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      port,
      ...(announces ? { announcedAddress } : {}),
    }));
  });
}

/**
 * What an end of a pipe to another node listens on: UDP alone, on a port of its own. The nodes of a cluster must agree on IPv4 or IPv6, so
 * IPv4 comes first where the configuration names no address.
 */
export function pipeListenInfo(options: {
  pipe: Config['media']['pipe'];
  listenIps: readonly string[];
  machine: readonly string[];
}): types.TransportListenInfo {
  const { pipe, listenIps, machine } = options;
  const ip = pipe.listenIp ?? listenIps[0] ?? machine.find(isIPv4) ?? machine[0] ?? '127.0.0.1';
  // Nobody can send to "every address".
  const ownAddress = isUnspecified(ip) ? machine.find((address) => isIP(address) === isIP(ip)) : undefined;
  const announcedAddress = pipe.announcedAddress ?? ownAddress;
  return {
    protocol: 'udp',
    ip,
    ...(announcedAddress === undefined ? {} : { announcedAddress }),
    ...(pipe.minPort === 0 ? {} : { portRange: { min: pipe.minPort, max: pipe.maxPort } }),
  };
}

function isUnspecified(ip: string): boolean {
  return ip === '0.0.0.0' || ip === '::';
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.');
}
