import { expect } from 'chai';
import type { NetworkInterfaceInfo } from 'node:os';
import { configSchema, type Config } from '../../../config/schema.ts';
import { listenInfos, machineAddresses, pipeListenInfo } from '../../../server/media/listenAddresses.ts';

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

describe('what pipes to other nodes listen on', () => {
  const machine = ['2001:db8::7', '192.0.2.7', '127.0.0.1', '::1'];
  const infoOf = (pipe: Partial<Config['media']['pipe']>, listenIps: string[] = []) =>
    pipeListenInfo({ pipe: { ...configSchema.parse({}).media.pipe, ...pipe }, listenIps, machine });

  for (const [title, pipe, listenIps, expected] of [
    ['the first IPv4 address of the machine', {}, [], { ip: '192.0.2.7' }],
    ['the first address that media listens on', {}, ['2001:db8::7', '192.0.2.7'], { ip: '2001:db8::7' }],
    ['its own address', { listenIp: '10.0.0.1' }, ['192.0.2.7'], { ip: '10.0.0.1' }],
    ['an announced address', { announcedAddress: 'a.example' }, [], { ip: '192.0.2.7', announcedAddress: 'a.example' }],
    ['every address', { listenIp: '0.0.0.0' }, [], { ip: '0.0.0.0', announcedAddress: '192.0.2.7' }],
    ['every address of IPv6', {}, ['::'], { ip: '::', announcedAddress: '2001:db8::7' }],
    [
      'a range of ports',
      { minPort: 45_000, maxPort: 45_100 },
      ['192.0.2.7'],
      { ip: '192.0.2.7', portRange: { min: 45_000, max: 45_100 } },
    ],
  ] as const) {
    it(`is ${title}`, () => {
      expect(infoOf(pipe, [...listenIps])).to.deep.equal({ protocol: 'udp', ...expected });
    });
  }

  it('is loopback on a machine without addresses', () => {
    const { pipe } = configSchema.parse({}).media;
    expect(pipeListenInfo({ pipe, listenIps: [], machine: [] })).to.deep.equal({ protocol: 'udp', ip: '127.0.0.1' });
  });
});
