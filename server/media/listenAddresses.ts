import type { NetworkInterfaceInfo } from 'node:os';
import type { types } from 'mediasoup';

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
 * What one WebRtcServer listens on: UDP and TCP on each address, all on one port (0: any free one). A candidate is
 * given the announced address where there is one, except that of a loopback address, which is good only here.
 */
export function listenInfos(options: {
  addresses: readonly string[];
  announcedAddress: string | null;
  port: number;
}): types.TransportListenInfo[] {
  const { addresses, announcedAddress, port } = options;
  return addresses.flatMap((ip) => {
    const loopback = ip === '::1' || ip.startsWith('127.');
    const announced = announcedAddress && !loopback ? { announcedAddress } : {};
    return (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip, port, ...announced }));
  });
}
