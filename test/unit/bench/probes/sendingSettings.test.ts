import { expect } from 'chai';
import { withStartBitrate } from '../../../../bench/probes/sendingSettings.ts';

const sdp = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96 97', 'a=rtpmap:96 VP8/90000', 'a=rtpmap:97 rtx/90000', ''].join(
  '\r\n',
);

describe('withStartBitrate', () => {
  it('puts the bitrate behind the first codec', () => {
    expect(withStartBitrate(sdp, { encoding: {}, startBitrateKbps: 900 }).split('\r\n')).to.deep.equal([
      'v=0',
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
      'a=rtpmap:96 VP8/90000',
      'a=fmtp:96 x-google-start-bitrate=900',
      'a=rtpmap:97 rtx/90000',
      '',
    ]);
  });

  it('changes nothing without one, or without video', () => {
    expect(withStartBitrate(sdp, { encoding: {} })).to.equal(sdp);
    expect(withStartBitrate('v=0\r\n', { encoding: {}, startBitrateKbps: 900 })).to.equal('v=0\r\n');
  });
});
