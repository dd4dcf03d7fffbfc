import { expect } from 'chai';
import type { NetworkInterfaceInfo } from 'node:os';
import { listenInfos, machineAddresses } from '../../../server/media/listenAddresses.ts';

const address = (ip: string, internal = false): NetworkInterfaceInfo => {
  const common = { address: ip, internal, netmask: '', mac: '', cidr: null };
  return ip.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' };
};

describe('the addresses of a machine', () => {
  it('are those that others can reach, then the loopback ones', () => {
    const interfaces = {
      lo: [address('127.0.0.1', true), address('::1', true)],
      eth0: [address('192.0.2.7'), address('2001:db8::7')],
      tun0: undefined,
    };
    expect(machineAddresses(interfaces)).to.deep.equal(['192.0.2.7', '2001:db8::7', '127.0.0.1', '::1']);
  });

  it('leave out link-local IPv6, however it is written', () => {
    expect(machineAddresses({ eth0: [address('fe80::1'), address('FE80::2'), address('fd00::1')] })).to.deep.equal([
      'fd00::1',
    ]);
  });

  it('are none where there is no interface', () => {
    expect(machineAddresses({})).to.be.empty;
  });
});

describe('what a WebRtcServer listens on', () => {
  const machine = ['192.0.2.7', '127.0.0.1', '::1'];
  const announcements = (infos: ReturnType<typeof listenInfos>) =>
    Object.fromEntries(infos.map(({ ip, announcedAddress }) => [ip, announcedAddress ?? null]));

  it('is UDP and TCP of each address on one port', () => {
    const infos = listenInfos({
      configured: ['192.0.2.7', '2001:db8::7'],
      machine,
      announcedAddress: null,
      port: 44_480,
    });
    expect(infos).to.deep.equal([
      { protocol: 'udp', ip: '192.0.2.7', port: 44_480 },
      { protocol: 'tcp', ip: '192.0.2.7', port: 44_480 },
      { protocol: 'udp', ip: '2001:db8::7', port: 44_480 },
      { protocol: 'tcp', ip: '2001:db8::7', port: 44_480 },
    ]);
  });

  it('is every address of the machine where none is configured', () => {
    const infos = listenInfos({ configured: [], machine, announcedAddress: null, port: 0 });
    expect([...new Set(infos.map(({ ip }) => ip))]).to.deep.equal(machine);
  });

  it("announces another address for all of the machine's own but the loopback ones", () => {
    const infos = listenInfos({ configured: [], machine, announcedAddress: '203.0.113.9', port: 0 });
    expect(announcements(infos)).to.deep.equal({ '192.0.2.7': '203.0.113.9', '127.0.0.1': null, '::1': null });
  });

  it('announces another address for whatever is configured', () => {
    const infos = listenInfos({ configured: ['127.0.0.1'], machine, announcedAddress: '203.0.113.9', port: 0 });
    expect(announcements(infos)).to.deep.equal({ '127.0.0.1': '203.0.113.9' });
  });
});
