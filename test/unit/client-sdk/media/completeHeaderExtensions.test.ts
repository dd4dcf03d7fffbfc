import { expect } from 'chai';
import type { types } from 'mediasoup-client';
import {
  completeHeaderExtensions,
  type SupportedExtensions,
} from '../../../../client-sdk/src/media/completeHeaderExtensions.ts';

describe('completeHeaderExtensions', () => {
  const mid = 'urn:ietf:params:rtp-hdrext:sdes:mid';
  const level = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
  const orientation = 'urn:3gpp:video-orientation';
  const supported: SupportedExtensions = (kind) => new Set(kind === 'audio' ? [mid, level] : [mid, orientation]);
  const extension = (kind: types.MediaKind, uri: types.RtpHeaderExtensionUri, preferredId: number) => ({
    kind,
    uri,
    preferredId,
  });

  it('gives an extension of both kinds to both, with the same id', () => {
    const read = { codecs: [], headerExtensions: [extension('audio', mid, 4), extension('video', orientation, 2)] };
    expect(completeHeaderExtensions(read, supported).headerExtensions).to.deep.equal([
      extension('audio', mid, 4),
      extension('video', orientation, 2),
      extension('video', mid, 4),
    ]);
  });

  it('adds nothing that is there, nor what the other kind does not have', () => {
    const headerExtensions = [extension('audio', mid, 4), extension('video', mid, 4), extension('audio', level, 1)];
    expect(completeHeaderExtensions({ headerExtensions }, supported)).to.deep.equal({ headerExtensions });
  });

  it('leaves everything as it is where the browser gives no account', () => {
    const headerExtensions = [extension('audio', mid, 4)];
    expect(completeHeaderExtensions({ headerExtensions }, () => new Set())).to.deep.equal({ headerExtensions });
    expect(completeHeaderExtensions({}, supported)).to.deep.equal({ headerExtensions: [] });
  });
});
