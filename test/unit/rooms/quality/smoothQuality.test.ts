import { expect } from 'chai';
import { seededRandom } from '../../../../bench/lib/random.ts';
import type { QualityReason } from '../../../../protocol/participants.ts';
import { judgeNetwork, levels, type Level, type Verdict } from '../../../../server/rooms/quality/judgeNetwork.ts';
import { qualityName, smoothQuality, unknownQuality } from '../../../../server/rooms/quality/smoothQuality.ts';

const shorthand: Record<string, [level: Level, reason: QualityReason | null, severe?: boolean]> = {
  g: [levels.good, null],
  f: [levels.fair, 'loss'],
  d: [levels.fair, 'delay'],
  p: [levels.poor, 'loss'],
  b: [levels.poor, 'bandwidthUp'],
  x: [levels.poor, 'loss', true],
};

function verdict(letter: string): Verdict {
  const [level, reason, severe = false] = shorthand[letter] ?? [levels.good, null];
  return { level, reason, severe };
}

/** What is shown after each verdict. */
function shown(letters: string): string[] {
  let state = unknownQuality;
  return [...letters].map((letter) => {
    state = smoothQuality(state, verdict(letter));
    return state.reason ? `${qualityName(state)} ${state.reason}` : qualityName(state);
  });
}

function after(letters: string): string | undefined {
  return shown(letters).at(-1);
}

describe('the quality that is shown', () => {
  const cases: [what: string, letters: string, expected: string][] = [
    ['is unknown while a first bad report stands alone', 'p', 'unknown'],
    ['is good with the first good report', 'g', 'good'],
    ['does not mind one bad report', 'ggp', 'good'],
    ['does not mind bad reports with good ones between them', 'gpgpgfgp', 'good'],
    ['is worse after two in a row', 'gpp', 'poor loss'],
    ['is as bad as both of them say', 'gpf', 'fair loss'],
    ['is poor at once where much is lost', 'gx', 'poor loss'],
    ['is poor at once also as the first word', 'x', 'poor loss'],
    ['stays poor for three better reports', 'gppggg', 'poor loss'],
    ['is better after four', 'gppgggg', 'good'],
    ['begins to count anew with each bad one', 'gppgggpggg', 'poor loss'],
    ['is as good as the last three say', 'gppggfg', 'fair loss'],
    ['does not mind how bad the first of the four still was', 'gppfggg', 'good'],
    ['goes from fair to poor after two', 'ffpp', 'poor loss'],
    ['keeps its reason for two reports of another', 'ppbb', 'poor loss'],
    ['takes another reason after three', 'ppbbb', 'poor bandwidthUp'],
    ['keeps its reason where two alternate', 'ppbpbpbpb', 'poor loss'],
  ];
  for (const [what, letters, expected] of cases) {
    it(`${what} (${letters})`, () => expect(after(letters)).to.equal(expected));
  }

  for (const [lossRatio, least] of [
    [0.01, 'good'],
    [0.03, 'fair'],
    [0.06, 'fair'],
    [0.1, 'poor'],
    [0.2, 'poor'],
  ] as const) {
    it(`hardly changes in ten minutes of ${lossRatio * 100} % loss, whatever single reports say`, () => {
      const random = seededRandom(7);
      const packets = 250;
      let state = unknownQuality;
      const changes: string[] = [];
      for (let report = 0; report < 300; report++) {
        const lost = Array.from({ length: packets }, random).filter((value) => value < lossRatio).length;
        const facts = { report: { up: { lossRatio: lost / packets, blocked: false }, down: null } };
        const seen = judgeNetwork({ ...facts, baseRoundTripTimeMs: 20, shown: state.level, withheld: 'nothing' });
        if (!seen) throw new Error('there is no verdict');
        const before = qualityName(state);
        state = smoothQuality(state, seen);
        if (qualityName(state) !== before) changes.push(qualityName(state));
      }
      expect(changes.length, changes.join(', ')).to.be.at.most(2);
      expect(changes).to.include(least);
    });
  }
});
