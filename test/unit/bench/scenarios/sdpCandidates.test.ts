import { expect } from 'chai';
import { mapCandidates } from '../../../../bench/scenarios/sdpCandidates.ts';

const sdp = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=candidate:1 1 udp 2122260223 127.0.0.1 5000 typ host generation 0 network-id 1',
  'a=candidate:2 1 udp 2122194687 192.0.2.2 5001 typ host generation 0',
  'a=candidate:3 1 tcp 1518280447 127.0.0.1 9 typ host tcptype active',
  'a=mid:0',
  '',
].join('\r\n');

describe('mapCandidates', () => {
  it('moves what is given another place, and leaves out the rest and TCP', async () => {
    const asked: unknown[] = [];
    const mapped = await mapCandidates(sdp, async (candidate) => {
      asked.push(candidate);
      return candidate.host === '127.0.0.1' ? { host: '127.0.0.2', port: 6_000 } : null;
    });
    expect(mapped.split('\r\n')).to.deep.equal([
      'v=0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=candidate:1 1 udp 2122260223 127.0.0.2 6000 typ host generation 0 network-id 1',
      'a=mid:0',
      '',
    ]);
    expect(asked).to.deep.equal([
      { host: '127.0.0.1', port: 5_000 },
      { host: '192.0.2.2', port: 5_001 },
    ]);
  });
});
