import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { budgets } from '../../../bench/budgets.ts';
import { UsageError } from '../../../bench/options.ts';
import { readRules } from '../../../bench/readRules.ts';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';

const rule = { scenario: 'storm', metric: 'late', statistic: 'p95', op: '<=', limit: 50, note: 'a note' };

describe('readRules', () => {
  const folder = temporaryFolder();

  async function read(text: string) {
    const file = join(folder.path, 'budgets.json');
    await writeFile(file, text);
    return readRules(file);
  }

  async function whyNot(text: string): Promise<string> {
    const error: unknown = await read(text).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UsageError);
    return (error as UsageError).message;
  }

  it('takes ours where no file is named', async () => {
    expect(await readRules(undefined)).to.equal(budgets);
  });

  it('takes what a file holds', async () => {
    const rules = [rule, { ...rule, scenario: 'peers', peer: 'livekit', minSamples: 5, params: { rate: 50 } }];
    expect(await read(JSON.stringify(rules))).to.deep.equal(rules);
  });

  it('takes our own rules from a file as well', async () => {
    expect(await read(JSON.stringify(budgets))).to.deep.equal(budgets);
  });

  for (const [what, wrong, names] of [
    ['a scenario that there is not', { scenario: 'colour-blind' }, 'scenario'],
    ['a peer that there is not', { scenario: 'peers', peer: 'other' }, 'peer'],
    ['a peer in another scenario', { peer: 'livekit' }, 'peer'],
    ['a statistic that there is not', { statistic: 'p42' }, 'statistic'],
    ['a comparison that there is not', { op: '==' }, 'op'],
    ['a limit that is no number', { limit: '50' }, 'limit'],
    ['less than one value', { minSamples: 0 }, 'minSamples'],
    ['a field that there is not', { minimum: 3 }, 'minimum'],
  ] as const) {
    it(`refuses ${what}, and names the field`, async () => {
      expect(await whyNot(JSON.stringify([{ ...rule, ...wrong }])))
        .to.contain('budgets.json')
        .and.contain(names);
    });
  }

  it('refuses what is no list, no JSON or no file', async () => {
    await whyNot(JSON.stringify(rule));
    await whyNot('[');
    const error: unknown = await readRules(join(folder.path, 'none.json')).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UsageError);
  });
});
