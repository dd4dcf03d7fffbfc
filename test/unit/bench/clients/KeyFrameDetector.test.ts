import { expect } from 'chai';
import { KeyFrameDetector } from '../../../../bench/clients/KeyFrameDetector.ts';
import { packetizeVp8 } from '../../../../bench/clients/vp8.ts';

const SSRC = 7;

function packets(key: boolean, firstSequenceNumber: number) {
  const payloads = packetizeVp8(Buffer.concat([Buffer.from([key ? 0 : 1]), Buffer.alloc(2_500)]), 1);
  return payloads.map((payload, index) => ({
    payloadType: 101,
    ssrc: SSRC,
    sequenceNumber: (firstSequenceNumber + index) & 0xffff,
    marker: index === payloads.length - 1,
    payload,
  }));
}

function detect(list: ReturnType<typeof packets>): boolean {
  let told = 0;
  const detector = new KeyFrameDetector(SSRC, () => told++);
  for (const packet of list) detector.handle(packet);
  expect(told).to.equal(detector.done ? 1 : 0);
  return detector.done;
}

describe('KeyFrameDetector', () => {
  it('tells once when a key frame is complete', () => {
    expect(detect([...packets(false, 1), ...packets(true, 4), ...packets(true, 7)])).to.equal(true);
  });

  it('follows sequence numbers over their end', () => {
    expect(detect(packets(true, 65_535))).to.equal(true);
  });

  it('does not take delta frames, other streams or a key frame with a hole', () => {
    expect(detect(packets(false, 1))).to.equal(false);
    expect(detect(packets(true, 1).map((packet) => ({ ...packet, ssrc: 8 })))).to.equal(false);
    expect(detect(packets(true, 1).filter((_, index) => index !== 1))).to.equal(false);
  });
});
