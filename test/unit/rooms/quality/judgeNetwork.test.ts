import { expect } from 'chai';
import fc from 'fast-check';
import type { DownlinkReport, UplinkReport } from '../../../../protocol/networkReport.ts';
import { judgeNetwork, levels, type NetworkFacts } from '../../../../server/rooms/quality/judgeNetwork.ts';

const names = ['poor', 'fair', 'good'];

function judge(
  up: Partial<UplinkReport> | null,
  down: Partial<DownlinkReport> | null = {},
  facts: Partial<Omit<NetworkFacts, 'report'>> = {},
) {
  return judgeNetwork({
    report: { up: up && { blocked: false, ...up }, down: down && { blocked: false, ...down } },
    baseRoundTripTimeMs: 20,
    shown: null,
    withheld: 'nothing',
    ...facts,
  });
}

/** As `poor loss`, with a `!` where nobody waits for a second report. */
function say(verdict: ReturnType<typeof judge>): string {
  if (!verdict) return 'nothing';
  return `${names[verdict.level]}${verdict.reason ? ` ${verdict.reason}` : ''}${verdict.severe ? '!' : ''}`;
}

describe('the judgement of a network', () => {
  const limited = { bandwidthLimitedRatio: 0.9, wantedBps: 2_000_000 };
  const cases: [what: string, verdict: ReturnType<typeof judge>, expected: string][] = [
    ['nothing that flows', judge(null, null), 'nothing'],
    ['a report without figures', judge({}), 'good'],
    ['only receiving, with nothing lost', judge(null, { lossRatio: 0, roundTripTimeMs: 30 }), 'good'],
    ['2.9 % loss', judge({ lossRatio: 0.029 }), 'good'],
    ['3 % loss up', judge({ lossRatio: 0.03 }), 'fair loss'],
    ['3 % loss down', judge({}, { lossRatio: 0.03 }), 'fair loss'],
    ['10 % loss', judge(null, { lossRatio: 0.1 }), 'poor loss'],
    ['30 % loss', judge({ lossRatio: 0.3 }), 'poor loss!'],
    ['a path that carries nothing', judge({ blocked: true }), 'poor loss!'],
    ['a way down that carries nothing', judge(null, { blocked: true }), 'poor loss!'],
    ['a round trip of 200 ms', judge({ roundTripTimeMs: 200 }, {}, { baseRoundTripTimeMs: 200 }), 'good'],
    ['a round trip of 300 ms', judge({}, { roundTripTimeMs: 300 }, { baseRoundTripTimeMs: 300 }), 'fair delay'],
    ['a round trip of 600 ms', judge({ roundTripTimeMs: 600 }, {}, { baseRoundTripTimeMs: 500 }), 'poor delay'],
    ['a round trip of 200 ms with 60 ms jitter', judge({ roundTripTimeMs: 200, jitterMs: 60 }), 'fair delay'],
    ['half of the bitrate', judge({ ...limited, availableBps: 1_000_000 }), 'fair bandwidthUp'],
    ['a fifth of the bitrate', judge({ ...limited, availableBps: 400_000 }), 'poor bandwidthUp'],
    ['a picture that needs more bits than it was given', judge({ ...limited, availableBps: 3_000_000 }), 'good'],
    ['a low estimate that holds nothing back', judge({ wantedBps: 2_000_000, availableBps: 300_000 }), 'good'],
    ['a short limit', judge({ ...limited, bandwidthLimitedRatio: 0.4, availableBps: 400_000 }), 'good'],
    ['layers that are withheld', judge(null, {}, { withheld: 'layers' }), 'fair bandwidthDown'],
    ['a video that is withheld', judge(null, {}, { withheld: 'video' }), 'poor bandwidthDown'],
    ['an encoder that is too slow', judge({ cpuLimitedRatio: 0.8 }), 'fair cpu'],
    ['a decoder that drops every fourth frame', judge(null, { droppedFrameRatio: 0.25 }), 'fair cpu'],
    ['a decoder that drops most frames', judge(null, { droppedFrameRatio: 0.6 }), 'poor cpu'],
    ['freezes with a little loss', judge(null, { lossRatio: 0.05, freezeRatio: 0.3 }), 'poor loss'],
    ['sound with holes and a little loss', judge(null, { lossRatio: 0.05, concealedRatio: 0.2 }), 'poor loss'],
    ['freezes that others are to blame for', judge(null, { lossRatio: 0, freezeRatio: 0.5 }), 'good'],
    [
      'loss with a bandwidth that follows from it',
      judge({ ...limited, lossRatio: 0.2, availableBps: 300_000 }),
      'poor loss',
    ],
    ['loss on a full link up', judge({ lossRatio: 0.15, roundTripTimeMs: 250 }), 'poor bandwidthUp'],
    ['loss on a full link down', judge(null, { lossRatio: 0.15, roundTripTimeMs: 250 }), 'poor bandwidthDown'],
    ['a full link up', judge({ ...limited, availableBps: 1e6, roundTripTimeMs: 700 }), 'poor bandwidthUp'],
    ['a full link down', judge(null, { roundTripTimeMs: 400 }, { withheld: 'layers' }), 'fair bandwidthDown'],
    ['2.5 % loss while it is fair', judge({ lossRatio: 0.025 }, {}, { shown: levels.fair }), 'fair loss'],
    ['2 % loss while it is fair', judge({ lossRatio: 0.02 }, {}, { shown: levels.fair }), 'good'],
    ['8 % loss while it is poor', judge({ lossRatio: 0.08 }, {}, { shown: levels.poor }), 'poor loss'],
    ['8 % loss while it is fair', judge({ lossRatio: 0.08 }, {}, { shown: levels.fair }), 'fair loss'],
    ['the worst of two', judge({ lossRatio: 0.05 }, { droppedFrameRatio: 0.9 }), 'poor cpu'],
  ];
  for (const [what, verdict, expected] of cases) {
    it(`is ${expected} with ${what}`, () => expect(say(verdict)).to.equal(expected));
  }

  it('has a reason exactly where it is not good, and is never better with more loss', () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    const up = fc.record(
      {
        lossRatio: ratio,
        roundTripTimeMs: fc.integer({ min: 0, max: 2_000 }),
        jitterMs: fc.integer({ min: 0, max: 300 }),
        bandwidthLimitedRatio: ratio,
        cpuLimitedRatio: ratio,
        wantedBps: fc.integer({ min: 0, max: 5_000_000 }),
        availableBps: fc.integer({ min: 0, max: 5_000_000 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(up, ratio, ratio, (report, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const better = judge({ ...report, lossRatio: less });
        const worse = judge({ ...report, lossRatio: more });
        if (!better || !worse) throw new Error('there is no verdict');
        expect(worse.level).to.be.at.most(better.level);
        for (const { level, reason } of [better, worse]) expect(reason === null).to.equal(level === levels.good);
      }),
    );
  });
});
