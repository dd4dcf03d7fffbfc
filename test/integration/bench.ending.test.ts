import { expect } from 'chai';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childPids, processTree, processUsage } from '../../bench/lib/procfs.ts';
import type { Result } from '../../bench/report/result.ts';
import { benchRun, type BenchRun } from '../helpers/benchRun.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';
import { waitFor } from '../helpers/waitFor.ts';

const JOINS = ['join', '--rtt', '0', '--people', '0'];
const START_MS = { timeoutMs: 60_000 };

/** However a run ends, it leaves what it measured, and nothing else. */
describe('the end of npm run bench', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let started: BenchRun[] = [];

  beforeEach(() => (started = []));
  afterEach(() => {
    for (const { child } of started) child.kill('SIGKILL');
  });

  /** Its scratch folders come into one of its own, so that it can be seen whether they are gone. */
  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): BenchRun {
    mkdirSync(join(folder.path, 'tmp'), { recursive: true });
    const outDir = join(folder.path, 'out');
    const bench = benchRun([...args, '--out', outDir], { TMPDIR: join(folder.path, 'tmp'), ...env }, true);
    started.push(bench);
    return bench;
  }

  function readResult(scenario: string): Result {
    return JSON.parse(readFileSync(join(folder.path, 'out', `${scenario}.json`), 'utf8')) as Result;
  }

  function expectNoScratch(): void {
    expect(readdirSync(join(folder.path, 'tmp')).filter((name) => name.startsWith('chaxi-bench-'))).to.deep.equal([]);
  }

  function untilMeasuring({ said }: BenchRun): Promise<unknown> {
    return waitFor('the first join', () => /(cold|warm|hot), round trip/.test(said()), START_MS);
  }

  it('writes what was measured when Ctrl-C comes from the terminal and again from npm', async () => {
    const bench = run(JOINS);
    await untilMeasuring(bench);
    // A terminal sends it to the whole group.
    process.kill(-bench.child.pid!, 'SIGINT');
    await waitFor('it to say so', () => bench.said().includes('Interrupted'));
    bench.child.kill('SIGINT');
    expect(await bench.exitCode, bench.said()).to.equal(1);
    const result = readResult('join');
    expect(result.interrupted).to.equal(true);
    expect(result).to.not.have.property('failed');
    expect(result.samples.length).to.be.within(1, 40);
    expect(result.metrics).to.include.keys('failures');
    expectNoScratch();
  });

  it('writes it when its terminal is closed, too', async () => {
    const bench = run(JOINS);
    await untilMeasuring(bench);
    bench.child.stdout?.destroy();
    bench.child.stderr?.destroy();
    process.kill(-bench.child.pid!, 'SIGHUP');
    expect(await bench.exitCode).to.equal(1);
    expect(readResult('join').interrupted).to.equal(true);
    expectNoScratch();
  });

  it('leaves no process and no folder when it is told twice', async () => {
    const bench = run(JOINS);
    await waitFor('the start', () => bench.said().includes('join 0/'), START_MS);
    const pids = processTree(bench.child.pid!).slice(1);
    expect(pids.length, 'node, worker, relay, Chromium').to.be.at.least(4);
    await waitFor(
      'its end',
      () => {
        bench.child.kill('SIGINT');
        return bench.child.exitCode !== null;
      },
      { intervalMs: 200 },
    );
    expect(await bench.exitCode).to.equal(130);
    await waitFor('the end of all', () => pids.every((pid) => processUsage(pid) === null));
    expectNoScratch();
  });

  it('writes what was measured when something breaks, and what it was', async () => {
    const bench = run([...JOINS, '--start', 'cold']);
    await untilMeasuring(bench);
    const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    const chromium = childPids(bench.child.pid!).find((pid) => commandOf(pid).includes('--remote-debugging'));
    process.kill(chromium!, 'SIGKILL');
    expect(await bench.exitCode).to.equal(1);
    const result = readResult('join');
    expect(result.failed).to.be.a('string');
    expect(result.samples.length).to.be.at.least(1);
    expect(result.metrics).to.include.keys('failures');
    expect(readFileSync(join(folder.path, 'out', 'report.html'), 'utf8')).to.contain('Failed, and this is');
    expectNoScratch();
  });

  it('goes on with the next scenario when one fails', async () => {
    const target = ['--target', 'http://127.0.0.1:9', '--api-key', 'key', '--api-secret', 'secret'];
    const bench = run(['all', '--smoke', ...target], { CHROMIUM_BIN: '/nowhere/chromium' });
    expect(await bench.exitCode, bench.said()).to.equal(1);
    for (const scenario of ['join', 'latency', 'storm', 'load', 'peers']) {
      expect(readResult(scenario).failed).to.contain('/nowhere/chromium');
    }
  });

  it('is refused before it measures where it could not write', async () => {
    writeFileSync(join(folder.path, 'out'), 'a file');
    const bench = run(['storm', '--smoke']);
    expect(await bench.exitCode, bench.said()).to.equal(2);
    expect(bench.said()).to.contain('--out').and.not.contain('storm 0/');
  });

  it('tells why a LiveKit server does not start', async () => {
    const file = join(folder.path, 'livekit');
    writeFileSync(file, '#!/bin/sh\necho "no such key" >&2\nexit 1\n', { mode: 0o755 });
    const args = ['peers', '--peer', 'livekit', '--smoke'];
    const ends = run(args, { LIVEKIT_SERVER_BIN: file });
    expect(await ends.exitCode).to.equal(1);
    expect(readResult('peers').failed).to.contain('does not start').and.contain('no such key');
    const text = join(folder.path, 'text');
    writeFileSync(text, '', { mode: 0o644 });
    const refused = run(args, { LIVEKIT_SERVER_BIN: text });
    expect(await refused.exitCode).to.equal(1);
    expect(refused.said()).to.contain(`${text} does not start`).and.contain('EACCES');
    expectNoScratch();
  });
});
