import { expect } from 'chai';
import { StepProgress, formatElapsed, isWorthALine, parseNinjaLine } from '../../../../scripts/setup/progress.mjs';

describe('the progress of a setup', () => {
  for (const [ms, text] of [
    [0, '0.0 s'],
    [412, '0.4 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_400, '59 s'],
    [60_000, '1 min 00 s'],
    [185_000, '3 min 05 s'],
  ] as const) {
    it(`writes ${ms} ms as ${text}`, () => {
      expect(formatElapsed(ms)).to.equal(text);
    });
  }

  it('reads the count of a ninja line', () => {
    expect(parseNinjaLine('[28/279] Compiling C++ object a.o')).to.deep.equal({ done: 28, total: 279 });
  });

  it('finds no count in any other line', () => {
    expect(parseNinjaLine('src/a.cpp:3:1: warning: [1/2] is no progress')).to.equal(null);
  });

  it('gives a log a line every tenth of the way or every 15 seconds', () => {
    const last = { atMs: 1_000, fraction: 0.3 };
    expect(isWorthALine(last, { atMs: 2_000, fraction: 0.39 })).to.equal(false);
    expect(isWorthALine(last, { atMs: 2_000, fraction: 0.41 })).to.equal(true);
    expect(isWorthALine(last, { atMs: 16_000, fraction: 0.3 })).to.equal(true);
  });

  it('tells a log only the end of a step that is over at once', () => {
    let written = '';
    const progress = new StepProgress('npm packages', { write: (text: string) => (written += text) });
    progress.update('1 of 2 packages', 0.5);
    progress.end('✓', 'installed');
    expect(written).to.equal('  ✓ npm packages         installed, 0.0 s\n');
  });

  it('draws on a terminal over the same line, cut to its width', () => {
    const writes: string[] = [];
    const terminal = { write: (text: string) => writes.push(text), isTTY: true, columns: 40 };
    const progress = new StepProgress('mediasoup worker', terminal);
    progress.update('compiling 28/279, and a text that is too long for it', 0.1);
    progress.draw();
    progress.end('✓');
    expect(writes[0]).to.match(/^\r\x1b\[K {2}\S mediasoup worker {5}compiling/);
    expect(writes[0]!.replace('\r\x1b[K', '')).to.have.length(39);
    expect(writes.at(-1)).to.equal('  ✓ mediasoup worker     0.0 s\n');
  });
});
