import { expect } from 'chai';
import fc from 'fast-check';
import { packetizeVp8, startsKeyFrame } from '../../../../bench/clients/vp8.ts';

const DESCRIPTOR_BYTES = 4;
const frame = (key: boolean, length: number) =>
  Buffer.concat([Buffer.from([key ? 0x10 : 0x11]), Buffer.alloc(length, 7)]);

describe('packetizeVp8', () => {
  it('loses nothing, and fits each piece into a packet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 20_000 }), fc.nat({ max: 0x7fff }), (data, pictureId) => {
        const payloads = packetizeVp8(data, pictureId);
        expect(Buffer.concat(payloads.map((payload) => payload.subarray(DESCRIPTOR_BYTES)))).to.deep.equal(
          Buffer.from(data),
        );
        for (const payload of payloads) expect(payload.length).to.be.at.most(1_104);
      }),
    );
  });

  it('marks the first packet of a key frame, and no other', () => {
    const [first, ...others] = packetizeVp8(frame(true, 3_000), 300);
    expect(startsKeyFrame(first!)).to.equal(true);
    expect(others.some(startsKeyFrame)).to.equal(false);
    expect(packetizeVp8(frame(false, 3_000), 300).some(startsKeyFrame)).to.equal(false);
  });
});

describe('startsKeyFrame', () => {
  for (const [what, bytes, expected] of [
    ['without an extension', [0x10, 0x10], true],
    ['with a picture number of 7 bits', [0x90, 0x80, 0x05, 0x10], true],
    ['with all extensions, as Chromium sends them', [0x90, 0xe0, 0x80, 0x05, 0x01, 0x20, 0x10], true],
    ['of an inner partition', [0x11, 0x10], false],
    ['of a delta frame', [0x10, 0x11], false],
    ['that ends before its frame', [0x90, 0xe0], false],
    ['that is empty', [], false],
  ] as const) {
    it(`says ${String(expected)} of a payload ${what}`, () => {
      expect(startsKeyFrame(Buffer.from(bytes))).to.equal(expected);
    });
  }
});
