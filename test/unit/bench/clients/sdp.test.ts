import { expect } from 'chai';
import { lightRtpParameters } from '../../../../bench/clients/lightCapabilities.ts';
import { transportSdp } from '../../../../bench/clients/sdp.ts';
import type { TransportOptions } from '../../../../protocol/signaling.ts';

const transport: TransportOptions = {
  id: 'transport',
  iceParameters: { usernameFragment: 'fragment', password: 'password', iceLite: true },
  iceCandidates: [
    {
      foundation: 'udp',
      priority: 1,
      ip: '127.0.0.1',
      address: '127.0.0.1',
      protocol: 'udp',
      port: 4000,
      type: 'host',
    },
    {
      foundation: 'tcp',
      priority: 1,
      ip: '127.0.0.1',
      address: '127.0.0.1',
      protocol: 'tcp',
      port: 4000,
      type: 'host',
    },
  ],
  dtlsParameters: { role: 'server', fingerprints: [{ algorithm: 'sha-256', value: 'AB:CD' }] },
};

describe('transportSdp', () => {
  const media = [
    { kind: 'video', mid: '0', rtpParameters: lightRtpParameters('video', '0', 5) },
    { kind: 'audio', mid: '1', rtpParameters: lightRtpParameters('audio', '1', 6) },
  ] as const;

  it('bundles all sections on one transport, with its UDP candidates alone', () => {
    const lines = transportSdp(transport, media, 'sendonly').split('\r\n');
    expect(lines).to.include('a=group:BUNDLE 0 1');
    expect(lines.filter((line) => line.startsWith('a=candidate:'))).to.deep.equal([
      'a=candidate:udp 1 udp 1 127.0.0.1 4000 typ host',
    ]);
    expect(lines).to.include.members(['a=ice-lite', 'a=setup:passive', 'a=fingerprint:sha-256 AB:CD']);
  });

  it('names the streams that the server sends, and not those that it receives', () => {
    expect(transportSdp(transport, media, 'sendonly'))
      .to.include('a=ssrc:5 ')
      .and.include('a=ssrc:6 ');
    expect(transportSdp(transport, media, 'recvonly')).to.not.include('a=ssrc:');
  });

  it('lets the server open the handshake where that is its role', () => {
    const opening: TransportOptions = { ...transport, dtlsParameters: { ...transport.dtlsParameters, role: 'client' } };
    expect(transportSdp(opening, media, 'recvonly')).to.include('a=setup:active');
  });
});
