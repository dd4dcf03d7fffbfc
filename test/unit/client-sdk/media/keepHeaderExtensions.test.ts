import { expect } from 'chai';
import { completeExtensions } from '../../../../client-sdk/src/media/keepHeaderExtensions.ts';

describe('the header extensions of what is sent', () => {
  const mid = 'urn:ietf:params:rtp-hdrext:sdes:mid';
  const level = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
  const orientation = 'urn:3gpp:video-orientation';
  const browser = { audio: [mid, level], video: [mid, orientation] };
  const offered = [
    { kind: 'audio', uri: mid, preferredId: 4 },
    { kind: 'audio', uri: level, preferredId: 1 },
    { kind: 'video', uri: orientation, preferredId: 13 },
  ] as const;
  const kindsOf = (uri: string, extensions: ReturnType<typeof completeExtensions>) =>
    extensions.filter((extension) => extension.uri === uri).map(({ kind }) => kind);

  it('count for both kinds where both have them, under the same id', () => {
    const extensions = completeExtensions(
      [...offered] as Parameters<typeof completeExtensions>[0],
      (kind) => browser[kind],
    );
    expect(kindsOf(mid, extensions)).to.have.members(['audio', 'video']);
    expect(new Set(extensions.filter(({ uri }) => uri === mid).map(({ preferredId }) => preferredId)).size).to.equal(1);
  });

  it('count for one kind where only that one has them', () => {
    const extensions = completeExtensions(
      [...offered] as Parameters<typeof completeExtensions>[0],
      (kind) => browser[kind],
    );
    expect(kindsOf(level, extensions)).to.deep.equal(['audio']);
    expect(kindsOf(orientation, extensions)).to.deep.equal(['video']);
  });

  it('stay as they are where the browser does not tell', () => {
    const extensions = completeExtensions([...offered] as Parameters<typeof completeExtensions>[0], () => undefined);
    expect(extensions).to.deep.equal(offered);
  });
});
