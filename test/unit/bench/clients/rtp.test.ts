import { expect } from 'chai';
import fc from 'fast-check';
import { asksForKeyFrame, buildRtp, parseRtp } from '../../../../bench/clients/rtp.ts';

describe('RTP', () => {
  it('is parsed as it was built', () => {
    fc.assert(
      fc.property(
        fc.record({
          payloadType: fc.nat({ max: 127 }).filter((type) => type < 64 || type > 95),
          sequenceNumber: fc.nat({ max: 0xffff }),
          timestamp: fc.nat({ max: 2 ** 32 - 1 }),
          ssrc: fc.nat({ max: 2 ** 32 - 1 }),
          marker: fc.boolean(),
          payload: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
        }),
        ({ timestamp, ...packet }) => {
          expect(parseRtp(buildRtp({ ...packet, timestamp }))).to.deep.equal(packet);
        },
      ),
    );
  });

  it('is told from RTCP and from anything else', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void parseRtp(Buffer.from(bytes))));
    expect(parseRtp(Buffer.from([0x81, 206, ...Array.from({ length: 10 }, () => 0)]))).to.equal(null);
  });

  it('leaves out header extension and padding', () => {
    const header = buildRtp({
      payloadType: 101,
      sequenceNumber: 1,
      timestamp: 1,
      ssrc: 1,
      marker: true,
      payload: Buffer.alloc(0),
    });
    header[0] = 0x80 | 0x20 | 0x10;
    const extension = [0xbe, 0xde, 0, 1, 1, 2, 3, 4];
    const datagram = Buffer.concat([header, Buffer.from([...extension, 9, 9, 0, 2])]);
    expect(parseRtp(datagram)?.payload).to.deep.equal(Buffer.from([9, 9]));
  });
});

describe('asksForKeyFrame', () => {
  const receiverReport = [0x80, 201, 0, 1, 0, 0, 0, 1];
  const feedback = (format: number, type = 206) => [0x80 | format, type, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2];

  for (const [what, bytes, expected] of [
    ['a PLI', feedback(1), true],
    ['a FIR', feedback(4), true],
    ['a PLI after a report', [...receiverReport, ...feedback(1)], true],
    ['a NACK', feedback(1, 205), false],
    ['a REMB', feedback(15), false],
    ['a report alone', receiverReport, false],
    ['too little', [0x81], false],
  ] as const) {
    it(`says ${String(expected)} of ${what}`, () => {
      expect(asksForKeyFrame(Buffer.from(bytes))).to.equal(expected);
    });
  }
});
