import { expect } from 'chai';
import {
  colourMetrics,
  differencesOf,
  type CardSample,
  type DelaySample,
  type TransportSample,
} from '../../../../bench/scenarios/colourMetrics.ts';
import { failedTransport } from '../../../../bench/scenarios/colourTransport.ts';

const GREY = [119, 119, 119];
const LIGHTER = [124, 124, 124];
const RED = [180, 60, 50];

const transport: TransportSample = {
  ...{ part: 'transport', codec: 'vp8', source: 'rgb', profile: 'tea', failed: null },
  ...{ reference: [...GREY, ...RED], local: [...GREY, ...RED], drawn: [...LIGHTER, ...RED] },
  ...{ copied: [...LIGHTER, ...RED], shown: [...LIGHTER, ...RED], usedCodec: 'video/VP8', format: 'I420' },
  ...{ matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m', fullRange: false, bitrateBps: 90_000 },
};
const seenCard: CardSample = {
  ...{ part: 'card', light: 'green', codec: 'vp8', failed: null, reference: GREY, before: RED, after: LIGHTER },
  ...{ claimedBeforeMean: 40, claimedBeforeMax: 41, claimedAfterMean: 2, claimedAfterMax: 3, problems: '' },
  ...{ gains: [1, 1, 1], matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1], cornersOffPixels: 0.5 },
};
const delay = (corrected: boolean, decodedMs: number[]): DelaySample => ({
  ...{ part: 'delay', round: 0, corrected, failed: null, decodedMs, framesMade: 4 },
});

describe('colourMetrics', () => {
  it('tells the mean over the patches and the one that is worst', () => {
    const [ofGrey, ofRed] = differencesOf(transport.reference, transport.drawn);
    expect(ofGrey).to.be.within(1, 3);
    expect(ofRed).to.equal(0);
    const metrics = colourMetrics([transport]);
    expect(metrics['vp8.rgb.tea.mean']).to.deep.include({ n: 2, p50: ofGrey! / 2 });
    expect(metrics['vp8.rgb.tea.patches']).to.deep.include({ n: 2, min: 0, max: ofGrey });
    expect(metrics['rgb.local.patches']?.max).to.equal(0);
  });

  it('gathers what is judged: means and patches of the tea profile over the sources, and of the card over the lights', () => {
    const exact = { ...transport, source: 'bt601', drawn: transport.reference };
    const [ofGrey] = differencesOf(transport.reference, transport.drawn);
    const metrics = colourMetrics([
      transport,
      exact,
      { ...exact, profile: 'standard', drawn: [...RED, ...GREY] },
      seenCard,
    ]);
    expect(metrics['vp8.tea.means']).to.deep.include({ n: 2, min: 0, max: ofGrey! / 2 });
    expect(metrics['vp8.tea.patches']).to.deep.include({ n: 4, max: ofGrey });
    expect(metrics['card.before.means']?.min).to.equal(differencesOf(GREY, RED)[0]);
    expect(metrics['card.after.means']?.max).to.equal(ofGrey);
  });

  it('tells how far apart the ways of reading are', () => {
    const metrics = colourMetrics([{ ...transport, shown: transport.reference }]);
    expect(metrics.readingsApart?.max).to.equal(differencesOf(GREY, LIGHTER)[0]);
  });

  it('tells the card before and after, and what its page says of it', () => {
    const metrics = colourMetrics([seenCard]);
    expect(metrics['card.green.before.mean']?.p50).to.equal(differencesOf(GREY, RED)[0]);
    expect(metrics['card.green.after.mean']?.p50).to.equal(differencesOf(GREY, LIGHTER)[0]);
    expect(metrics['card.green.claimed.after']?.p50).to.equal(2);
  });

  it('tells what a correction adds to the age of frames, and how many it costs', () => {
    const metrics = colourMetrics([delay(false, [10, 20, 30, 40]), delay(true, [15, 25, 35])]);
    expect(metrics['delay.addedP50']).to.deep.include({ n: 3, p50: 0 });
    expect(metrics['delay.corrected.framesDecoded']?.p50).to.equal(0.75);
    expect(metrics['delay.framesDecodedRatio']?.p50).to.equal(0.75);
  });

  it('compares nothing where only one way was measured', () => {
    expect(colourMetrics([delay(true, [15])])).to.not.have.any.keys('delay.addedP50', 'delay.framesDecodedRatio');
  });

  it('counts what failed, and makes no figures of it', () => {
    const failed = failedTransport({ codec: 'av1', source: 'rgb', profile: 'tea' }, 'no picture');
    expect(colourMetrics([transport, failed]))
      .to.include.keys('failures')
      .and.not.have.any.keys('av1.rgb.tea.mean');
    expect(colourMetrics([transport, failed]).failures?.max).to.equal(1);
  });
});
