import { expect } from 'chai';
import type { types } from 'mediasoup-client';
import { LeastBitrate, withLeastBitrate } from '../../../../client-sdk/src/media/LeastBitrate.ts';

const SDP = [
  'v=0',
  'm=audio 7 UDP/TLS/RTP/SAVPF 111',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'm=video 7 UDP/TLS/RTP/SAVPF 96 97',
  'a=fmtp:96 x-google-start-bitrate=2500;x-google-min-bitrate=80',
  'a=fmtp:97 apt=96',
  'm=video 7 UDP/TLS/RTP/SAVPF 98',
  'a=fmtp:98 profile-id=0;x-google-start-bitrate=2500',
  '',
].join('\r\n');

/** A transport of mediasoup-client, as far as it is used: it runs one task after the other. */
function fakeTransport() {
  const calls: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const connection = {
    signalingState: 'stable',
    createOffer: async () => {
      calls.push('offer');
      return { type: 'offer', sdp: 'offered' };
    },
    setLocalDescription: async () => void calls.push('local'),
    setRemoteDescription: async ({ sdp }: { sdp: string }) => {
      calls.push(`remote ${[...sdp.matchAll(/min-bitrate=(\d+)/g)].map(([, kbps]) => kbps).join()}`);
    },
  };
  const transport = {
    closed: false,
    handler: { _pc: connection, _remoteSdp: { getSdp: () => SDP } },
    _awaitQueue: { push: (task: () => Promise<unknown>) => (last = last.then(task)) },
  };
  return { calls, connection, transport: transport as unknown as types.Transport };
}

describe('LeastBitrate', () => {
  it('stands in the formats of video that have parameters of the estimation, and nowhere else', () => {
    const lines = withLeastBitrate(SDP, 657_000).split('\r\n');
    expect(lines[4]).to.equal('a=fmtp:96 x-google-start-bitrate=2500;x-google-min-bitrate=657');
    expect(lines[7]).to.equal('a=fmtp:98 profile-id=0;x-google-start-bitrate=2500;x-google-min-bitrate=657');
    const others = (text: string) => text.split('\r\n').filter((_, index) => index !== 4 && index !== 7);
    expect(others(withLeastBitrate(SDP, 657_000))).to.deep.equal(others(SDP));
    expect(withLeastBitrate(SDP, 0)).to.equal(SDP);
  });

  it('negotiates anew, on this side alone, and what is negotiated later keeps it', async () => {
    const { calls, connection, transport } = fakeTransport();
    const least = new LeastBitrate(transport);
    await least.set(500_000);
    await least.set(500_000);
    expect(calls.splice(0)).to.deep.equal(['offer', 'local', 'remote 500,500']);
    await connection.setRemoteDescription({ sdp: SDP });
    expect(calls.splice(0)).to.deep.equal(['remote 500,500']);
    await least.set(0);
    expect(calls).to.deep.equal(['offer', 'local', 'remote 80']);
  });

  it('waits for what mediasoup-client negotiates, and leaves a transport alone that was closed meanwhile', async () => {
    const { calls, transport } = fakeTransport();
    const other = Promise.withResolvers<void>();
    const queue = transport as unknown as { closed: boolean; _awaitQueue: { push(task: () => Promise<void>): void } };
    queue._awaitQueue.push(() => other.promise);
    const set = new LeastBitrate(transport).set(500_000);
    expect(calls).to.deep.equal([]);
    queue.closed = true;
    other.resolve();
    await set;
    expect(calls).to.deep.equal([]);
  });

  it('does nothing where mediasoup-client has another build', async () => {
    await new LeastBitrate({ closed: false } as types.Transport).set(500_000);
  });
});
