import { expect } from 'chai';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openResults, writeReport, writeResult } from '../../../../bench/report/resultFiles.ts';
import type { Result } from '../../../../bench/report/result.ts';
import { summarize } from '../../../../bench/lib/stats.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

function result(scenario: string, more: Partial<Result> = {}): Result {
  return {
    scenario,
    startedAt: '2026-11-22T12:00:00.000Z',
    machine: { cpu: 'a processor', cores: 2, memoryBytes: 2 ** 34, kernel: '6', loadAverage: 0.1 },
    versions: { node: 'v24' },
    params: { seed: 1 },
    samples: [{ firstFrameMs: 1 }],
    // Infinity is null in JSON.
    metrics: { time: summarize('ms', [1, Infinity]) },
    verdicts: [],
    ...more,
  };
}

describe('the files of the results', () => {
  const folder = temporaryFolder();
  const read = (name: string) => readFileSync(join(folder.path, name), 'utf8');

  it('finds out before the run that the folder cannot be written to', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    await openResults(join(folder.path, 'new', 'folder'));
    const error = await openResults(join(file, 'out')).catch(String);
    expect(error).to.contain('ENOTDIR');
    expect(readdirSync(join(folder.path, 'new', 'folder'))).to.deep.equal([]);
  });

  it('leaves nothing but the whole files', async () => {
    expect(await writeResult(folder.path, result('storm'))).to.equal(true);
    await writeReport(folder.path);
    expect(readdirSync(folder.path).sort()).to.deep.equal(['report.html', 'storm.json']);
    expect(read('report.html')).to.contain('id="storm"');
  });

  it('leaves nothing beside a file that it cannot replace', async () => {
    mkdirSync(join(folder.path, 'storm.json'));
    expect(await writeResult(folder.path, result('storm')).catch(() => 'failed')).to.equal('failed');
    expect(readdirSync(folder.path)).to.deep.equal(['storm.json']);
  });

  for (const [what, more] of [
    ['was interrupted', { interrupted: true }],
    ['failed', { failed: 'There is no Chromium.' }],
  ] as const) {
    it(`keeps an earlier result where a run ${what} before it measured anything`, async () => {
      const empty = result('storm', { ...more, samples: [] });
      expect(await writeResult(folder.path, empty), 'the first one').to.equal(true);
      await writeResult(folder.path, result('storm'));
      expect(await writeResult(folder.path, empty), 'after another').to.equal(false);
      expect((JSON.parse(read('storm.json')) as Result).samples).to.have.length(1);
      expect(await writeResult(folder.path, { ...empty, samples: [{ firstFrameMs: 2 }] }), 'with a sample').to.equal(
        true,
      );
    });
  }

  for (const [what, text] of [
    ['no JSON', '{"scenario": "join", '],
    ['something else', '{"name": "chaxi"}'],
    ['the result of another scenario', JSON.stringify(result('latency'))],
    ['a result without samples', JSON.stringify({ ...result('join'), samples: undefined })],
  ] as const) {
    it(`leaves a file out of the report that is ${what}`, async () => {
      writeFileSync(join(folder.path, 'join.json'), text);
      await writeResult(folder.path, result('storm'));
      await writeReport(folder.path);
      expect(read('report.html')).to.contain('id="storm"').and.not.contain('id="join"');
      expect(read('join.json')).to.equal(text);
    });
  }
});
