import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { firstPaint, tokens } from '../../../../web/src/design/tokens.ts';

type Theme = Record<string, string>;

/** The colours of the first block that sets them (light), and of the last (dark). */
function colours(): { light: Theme; dark: Theme } {
  const blocks = tokens.cssText.split('color-scheme').slice(1);
  const read = (block: string): Theme =>
    Object.fromEntries([...block.matchAll(/(--cx-[\w-]+): (#\w{6})/g)].map((m) => [m[1], m[2]]));
  return { light: read(blocks[0]!), dark: read(blocks.at(-1)!) };
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['--cx-surround', '--cx-surface', '--cx-raised', '--cx-picture'];

describe('design tokens', () => {
  for (const theme of ['light', 'dark'] as const) {
    const values = colours()[theme];

    it(`of the ${theme} theme are neutral grey, but for the one accent`, () => {
      const tinted = Object.entries(values).filter(([name, colour]) => {
        const [r, g, b] = [colour.slice(1, 3), colour.slice(3, 5), colour.slice(5, 7)];
        return !name.includes('accent') && (r !== g || g !== b);
      });
      expect(tinted).to.deep.equal([]);
    });

    for (const ground of grounds) {
      it(`of the ${theme} theme let text be read on ${ground} (AA, 4.5:1)`, () => {
        expect(contrast(values['--cx-text']!, values[ground]!)).to.be.above(4.5);
        expect(contrast(values['--cx-text-soft']!, values[ground]!)).to.be.above(4.5);
      });
    }

    it(`of the ${theme} theme let accent and inverse buttons be read and found`, () => {
      expect(contrast(values['--cx-on-accent']!, values['--cx-accent']!)).to.be.above(4.5);
      expect(contrast(values['--cx-on-inverse']!, values['--cx-inverse']!)).to.be.above(4.5);
      expect(contrast(values['--cx-accent']!, values['--cx-surround']!)).to.be.above(3);
      for (const ground of ['--cx-surround', '--cx-surface']) {
        expect(contrast(values['--cx-control-line']!, values[ground]!)).to.be.above(3);
      }
    });
  }

  it('are what page.css and the pages show before a script has run', () => {
    const read = (name: string) => readFileSync(new URL(`../../../../web/public/${name}`, import.meta.url), 'utf8');
    const css = new Set(read('page.css').match(/#[0-9a-f]{6}/g));
    expect(css).to.deep.equal(new Set([firstPaint.light, firstPaint.dark]));
    for (const page of ['index.html', 'room.html', 'counter.html', 'chat.html']) {
      expect(read(page).match(/content="(#[0-9a-f]{6})"/g)).to.deep.equal([
        `content="${firstPaint.light}"`,
        `content="${firstPaint.dark}"`,
      ]);
    }
  });
});
