import { expect } from 'chai';
import fc from 'fast-check';
import { ciede2000, type RgbBytes } from '../../../../client-sdk/src/color/index.ts';
import { nearestTeaWord, teaWords } from '../../../../web/src/color/teaWords.ts';

const byte = fc.integer({ min: 0, max: 255 });
const color = fc.tuple(byte, byte, byte);
const wordOf = (rgb: RgbBytes) => nearestTeaWord(rgb, ciede2000);

describe('the words for the colours of tea', () => {
  for (const [what, rgb, zh, en] of [
    ['water in a white cup', [245, 245, 242], '清亮', 'clear, near colourless'],
    ['a young green tea', [206, 214, 128], '嫩绿', 'tender green'],
    ['a white tea', [240, 202, 140], '杏黄', 'apricot'],
    ['a baked oolong', [228, 170, 46], '金黄', 'golden yellow'],
    ['an old white tea', [226, 152, 60], '橙黄', 'orange yellow'],
    ['a strong oolong', [198, 120, 36], '琥珀色', 'amber'],
    ['a light black tea', [202, 88, 30], '橙红', 'orange red'],
    ['a Keemun', [168, 58, 28], '红亮', 'bright red'],
    ['a strong black tea', [120, 28, 16], '深红', 'deep red'],
    ['a ripe pu’er', [58, 38, 28], '栗褐', 'chestnut brown'],
    ['a green leaf in the pot', [78, 106, 50], '深绿', 'deep green'],
    ['a roasted leaf', [45, 36, 30], '黑褐', 'blackish brown'],
    ['a coal', [22, 22, 22], '乌黑', 'jet black'],
    ['butterfly pea', [40, 70, 190], '宝蓝', 'royal blue'],
  ] as const) {
    it(`call ${what} ${zh}, ${en}`, () => {
      expect(wordOf(rgb)).to.include({ zh, en });
    });
  }

  it('are each one of a kind, in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const words = teaWords.map((word) => word[language]);
      expect(new Set(words).size).to.equal(words.length);
    }
    for (const { zh, en } of teaWords) {
      expect(zh).to.match(/^\p{Script=Han}{2,4}$/u);
      expect(en).to.match(/^[a-z]+(,? [a-z]+)*$/);
    }
  });

  it('stand far enough apart that each has colours of its own', () => {
    for (const one of teaWords) {
      for (const other of teaWords) {
        if (one !== other) expect(ciede2000(one.example, other.example), `${one.zh} ${other.zh}`).to.be.greaterThan(4);
      }
      expect(wordOf(one.example)).to.equal(one);
    }
  });

  it('are near every colour of sRGB', () => {
    fc.assert(
      fc.property(color, (rgb) => {
        expect(ciede2000(rgb, wordOf(rgb).example)).to.be.lessThan(22);
      }),
      { numRuns: 400 },
    );
  });

  it('do not jump: a colour that is hardly another has the same word, or one next to it', () => {
    const step = fc.tuple(...([0, 1, 2] as const).map(() => fc.integer({ min: -1, max: 1 })));
    fc.assert(
      fc.property(color, step, (rgb, by) => {
        const near = rgb.map((value, channel) => Math.min(255, Math.max(0, value + by[channel]!))) as [
          number,
          number,
          number,
        ];
        const [one, other] = [wordOf(rgb), wordOf(near)];
        // The other word fits the first colour almost as well.
        const excess = ciede2000(rgb, other.example) - ciede2000(rgb, one.example);
        expect(excess, `${one.zh} ${other.zh}`).to.be.lessThan(5);
      }),
      { numRuns: 400 },
    );
  });
});
