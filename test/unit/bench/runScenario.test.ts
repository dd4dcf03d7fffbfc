import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { parseOptions } from '../../../bench/options.ts';
import { runScenario } from '../../../bench/runScenario.ts';
import { summarize } from '../../../bench/lib/stats.ts';
import type { Result, Rule, Sample } from '../../../bench/report/result.ts';
import type { Scenario, ScenarioContext } from '../../../bench/scenarios/Scenario.ts';

const rule: Rule = { scenario: 'join', metric: 'time', statistic: 'max', op: '<=', limit: 2, note: 'quick' };

/** Records three samples, and does something after the second. */
function scenarioThat(meanwhile: (context: ScenarioContext) => unknown): Scenario {
  return async (context) => {
    const samples: Sample[] = [];
    context.record({
      params: { count: 3 },
      versions: { chromium: '1' },
      samples,
      metrics: () => ({
        time: summarize(
          'ms',
          samples.map(({ timeMs }) => Number(timeMs)),
        ),
      }),
    });
    for (const timeMs of [1, 2, 3]) {
      if (context.signal.aborted) return;
      samples.push({ timeMs });
      if (timeMs === 2) await meanwhile(context);
    }
  };
}

describe('the run of a scenario', () => {
  const controller = new AbortController();

  function run(scenario: Scenario, signal = new AbortController().signal): Promise<Result> {
    const options = parseOptions(['join'])!;
    return runScenario(scenario, { name: 'join', options, rules: [rule], versions: { node: '24' }, signal });
  }

  it('makes a result of what was recorded', async () => {
    const result = await run(scenarioThat(() => undefined));
    expect(result).to.deep.include({ scenario: 'join', params: { count: 3 }, versions: { node: '24', chromium: '1' } });
    expect(result.samples).to.have.length(3);
    expect(result.verdicts.map(({ ok }) => ok)).to.deep.equal([false]);
    expect(result).to.not.have.any.keys('failed', 'interrupted');
  });

  it('keeps what was measured before an error, and says what it was', async () => {
    const result = await run(
      scenarioThat(() => {
        throw new Error('The browser is gone.');
      }),
    );
    expect(result.failed).to.equal('The browser is gone.');
    expect(result.samples).to.have.length(2);
    expect(result.metrics.time).to.deep.include({ n: 2, max: 2 });
    expect(result.verdicts.map(({ ok }) => ok)).to.deep.equal([true]);
  });

  it('bears an error before anything was recorded', async () => {
    const result = await run(() => Promise.reject(new Error('There is no Chromium.')));
    expect(result).to.deep.include({ failed: 'There is no Chromium.', samples: [], params: {} });
    expect(result.verdicts.map(({ ok }) => ok)).to.deep.equal([null]);
  });

  it('keeps the samples where their metrics cannot be computed', async () => {
    const result = await run((context) => {
      const metrics = () => summarize('ms', []) as never;
      context.record({ params: {}, versions: {}, samples: [{ timeMs: 1 }], metrics });
      return Promise.resolve();
    });
    expect(result.failed).to.contain('at least one value');
    expect(result.samples).to.have.length(1);
  });

  it('says that it was interrupted', async () => {
    const result = await run(
      scenarioThat(() => controller.abort()),
      controller.signal,
    );
    expect(result.interrupted).to.equal(true);
    expect(result.samples).to.have.length(2);
  });

  it('closes what was opened, and removes its folder, whatever does not close', async () => {
    const closed: string[] = [];
    let dir = '';
    await run(
      scenarioThat(({ scratch }) => {
        dir = scratch.dir;
        scratch.use({ close: () => closed.push('first') });
        scratch.use({
          close: () => {
            throw new Error('stuck');
          },
        });
        expect(existsSync(dir)).to.equal(true);
      }),
    );
    expect(closed).to.deep.equal(['first']);
    expect(existsSync(dir)).to.equal(false);
  });
});
