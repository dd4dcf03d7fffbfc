import { expect } from 'chai';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../../bench/report/result.ts';
import { benchRun, type BenchRun } from '../helpers/benchRun.ts';
import { API_KEY, API_SECRET, startTestServer } from '../helpers/testServer.ts';

/** Whether it works and tells plausible figures; how fast this machine is does not matter here. */
describe('npm run bench', function () {
  this.timeout(180_000);
  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'chaxi-bench-test-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): BenchRun {
    return benchRun([...args, '--out', dir], env);
  }

  async function smoke(scenario: string, ...args: string[]): Promise<Result> {
    const { said, exitCode } = run([scenario, '--smoke', ...args]);
    const code = await exitCode;
    expect(code, said()).to.equal(0);
    return readResult(scenario);
  }

  async function readResult(scenario: string): Promise<Result> {
    const result = JSON.parse(await readFile(join(dir, `${scenario}.json`), 'utf8')) as Result;
    const page = await readFile(join(dir, 'report.html'), 'utf8');
    expect(page)
      .to.contain(`id="${scenario}"`)
      .and.not.match(/NaN|undefined/);
    expect(result.scenario).to.equal(scenario);
    expect(result.machine.cores).to.be.above(0);
    const own = scenario === 'messages' ? ['redis', 'postgres'] : ['chromium'];
    expect(result.versions).to.include.keys('chaxi', 'node', 'mediasoup', ...own);
    return result;
  }

  function expectBetween({ metrics }: Result, name: string, low: number, high: number): void {
    const metric = metrics[name];
    expect(metric, `${name} among ${Object.keys(metrics).join(', ')}`).to.not.equal(undefined);
    expect(metric!.min, `${name} at least`).to.be.at.least(low);
    expect(metric!.max, `${name} at most`).to.be.at.most(high);
    expect([metric!.p50, metric!.p95, metric!.p99]).to.deep.equal(
      [metric!.p50, metric!.p95, metric!.p99].sort((a, b) => a - b),
    );
  }

  it('join measures each start, with its stages, over the relay', async () => {
    const result = await smoke('join');
    for (const start of ['cold', 'warm', 'hot']) {
      expectBetween(result, `${start}.rtt0.firstFrame`, 1, 9_000);
      // A round trip at least lies between the click and the frame.
      expectBetween(result, `${start}.rtt40.firstFrame`, 40, 9_000);
      expectBetween(result, `${start}.rtt40.firstPacket`, 40, 9_000);
      expectBetween(result, `${start}.slope`, -100, 100);
    }
    // The TCP, the TLS and the upgrade each take one.
    expectBetween(result, 'cold.rtt40.socket', 115, 9_000);
    expectBetween(result, 'cold.rtt40.dtls', 115, 9_000);
    expectBetween(result, 'people3.firstFrame', 1, 9_000);
    expectBetween(result, 'people3.ratioP95', 0.01, 100);
    expectBetween(result, 'people3.allVideos', 1, 9_900);
    expectBetween(result, 'firstWidth', 160, 1_280);
    expectBetween(result, 'failures', 0, 0);
  });

  it('admit measures from the click of the host to the screen of the guest', async () => {
    const result = await smoke('admit');
    // The way of the admission to the guest alone takes a round trip.
    expectBetween(result, 'rtt40.entered', 40, 9_000);
    expectBetween(result, 'rtt40.firstPacket', 40, 9_000);
    expectBetween(result, 'rtt40.displayed', 40, 9_000);
    expectBetween(result, 'firstWidth', 160, 1_280);
    expectBetween(result, 'failures', 0, 0);
  });

  it('latency measures the server beside peer to peer, on another server too', async () => {
    const target = await startTestServer();
    try {
      const result = await smoke(
        ...(['latency', '--target', target.url, '--api-key', API_KEY, '--api-secret', API_SECRET] as const),
      );
      for (const size of ['640x360', '1280x720']) {
        for (const through of ['server', 'floor']) {
          expectBetween(result, `${size}.${through}.decoded`, 0.1, 5_000);
          expectBetween(result, `${size}.${through}.displayed`, 0.1, 5_000);
          expectBetween(result, `${size}.${through}.framesDecoded`, 0.05, 1.5);
        }
      }
    } finally {
      await target.close();
    }
  });

  it('storm lets every client in', async () => {
    const result = await smoke('storm');
    expect(result.samples).to.have.length(10);
    expectBetween(result, 'failures', 0, 0);
    expectBetween(result, 'firstFrame', 1, 9_000);
  });

  it('load counts what consumers get and what it costs', async () => {
    const result = await smoke('load');
    expect(result.samples.length).to.be.at.least(2);
    const [empty, loaded] = result.samples;
    expect(empty).to.deep.include({ consumers: 0, packetsPerSecond: 0 });
    expect(loaded).to.deep.include({ consumers: 3, connected: 3, window: 1 });
    expect(result.metrics).to.include.keys('consumersHeld');
    expect(loaded!.packetsPerSecond).to.be.above(100);
    expect(loaded!.workerCpu).to.be.above(0);
  });

  it('colour tells how colours arrive, without the tea profile and with it, and what the card makes of a wrong light', async () => {
    const result = await smoke('colour');
    expectBetween(result, 'failures', 0, 0);
    expectBetween(result, 'rgb.local.mean', 0, 0.5);
    // A canvas through VP8 arrives in the wrong matrix, unless the profile sees to it.
    expectBetween(result, 'vp8.rgb.standard.mean', 2, 6);
    expectBetween(result, 'vp8.rgb.tea.mean', 0, 1);
    expectBetween(result, 'vp8.rgb.tea.patches', 0, 2);
    expectBetween(result, 'card.2700k.before.mean', 8, 25);
    expectBetween(result, 'card.2700k.after.mean', 0, 2.5);
    expectBetween(result, 'readingsApart', 0, 0.5);
    expectBetween(result, 'delay.without', 0.1, 5_000);
    expectBetween(result, 'delay.corrected', 0.1, 5_000);
  });

  it('weak measures a tasting whose network is weak at either end, beside peer to peer', async () => {
    const result = await smoke('weak');
    expectBetween(result, 'failures', 0, 0);
    for (const end of ['up', 'down']) {
      for (const peer of ['chaxi', 'p2p']) {
        expectBetween(result, `${end}.loss20.${peer}.fps`, 0, 40);
        expectBetween(result, `${end}.loss20.${peer}.frozen`, 0, 1);
        expectBetween(result, `${end}.loss20.${peer}.concealed`, 0, 1);
        expectBetween(result, `${end}.address.${peer}.videoBack`, 0, 5_000);
      }
      expectBetween(result, `${end}.loss20.fpsOverP2p`, -40, 40);
    }
    expectBetween(result, 'resume', 1, 5_000);
    // One that is told of its new address goes on.
    expect(result.metrics['up.address.p2p.fps']?.p50).to.be.above(0);
    const lost = result.samples.filter(({ condition }) => condition === 'loss20').map(({ relayLost }) => relayLost);
    expect(Math.min(...(lost as number[])), 'packets that the relay lost').to.be.above(0);
  });

  it('weak does not measure a server elsewhere, where it has no relay', async () => {
    const target = ['--target', 'https://tea.example', '--api-key', 'k', '--api-secret', 's'];
    const { said, exitCode } = run(['weak', '--smoke', ...target]);
    expect(await exitCode).to.equal(1);
    expect(said()).to.contain('can not measure --target');
  });

  it('failover kills and drains nodes, and takes Redis away, under a call', async () => {
    const result = await smoke('failover');
    expectBetween(result, 'failures', 0, 0);
    expectBetween(result, 'kill.apart.back', 1, 14_000);
    expectBetween(result, 'parted.across.back', 1, 14_000);
    expectBetween(result, 'drain.soundGap', 1, 14_000);
    expectBetween(result, 'stop.soundGap', 1, 14_000);
    expectBetween(result, 'away.lost.ownRefused', 0, 0);
    expectBetween(result, 'away.lost.unexplained', 0, 0);
    expectBetween(result, 'away.lost.converged', 1, 29_000);
  });

  it('cluster lets everyone in, wherever they ask, and leaves nothing behind', async () => {
    const result = await smoke('cluster');
    expectBetween(result, 'failures', 0, 0);
    expectBetween(result, 'watchers.unserved', 0, 0);
    expectBetween(result, 'watchers.pipedTwice', 0, 0);
    expectBetween(result, 'rooms.missing', 0, 0);
    expectBetween(result, 'rooms.left', 0, 0);
    expectBetween(result, 'join.own.firstFrame', 1, 9_000);
    expectBetween(result, 'join.other.firstFrame', 1, 9_000);
  });

  it('messages come to everyone, and outlive what is killed', async () => {
    const result = await smoke('messages');
    expectBetween(result, 'failures', 0, 0);
    for (const site of ['one', 'two']) {
      expectBetween(result, `${site}.rate50.delivered`, 0.1, 10_000);
      expectBetween(result, `${site}.rate50.undelivered`, 0, 0);
      expectBetween(result, `${site}.throughput`, 1, 110);
    }
    expectBetween(result, 'members.undelivered', 0, 0);
    expectBetween(result, 'connections.missing', 0, 0);
    for (const kill of ['redis', 'postgres', 'node']) {
      for (const fault of ['lost', 'doubled', 'disordered', 'differing', 'unsent']) {
        expectBetween(result, `kill.${kill}.${fault}`, 0, 0);
      }
      expectBetween(result, `kill.${kill}.acknowledged`, 0.1, 60_000);
    }
  });

  it('says how to get a Redis where there is none', async () => {
    const { said, exitCode } = run(['failover', '--smoke'], { REDIS_SERVER_BIN: join(dir, 'no-redis') });
    expect(await exitCode).to.equal(1);
    expect(said()).to.contain('apt-get install redis-server');
  });

  it('peers measures two clients in turns', async () => {
    const result = await smoke('peers', '--peer', 'naive');
    for (const peer of ['chaxi', 'naive']) {
      expectBetween(result, `${peer}.cold.rtt0.firstFrame`, 1, 9_000);
      expectBetween(result, `${peer}.latency.decoded`, 0.1, 5_000);
      expect(result.metrics).to.include.keys(`${peer}.cpu.subscriber`);
    }
    expectBetween(result, 'cold.ratioP50', 0.01, 100);
  });

  it('says how to get a LiveKit server where there is none', async () => {
    const { said, exitCode } = run(['peers', '--peer', 'livekit', '--smoke'], {
      PATH: '/usr/bin',
      LIVEKIT_SERVER_BIN: '',
    });
    expect(await exitCode).to.equal(1);
    expect(said()).to.contain('go install github.com/livekit/livekit-server');
  });

  it('fails where a rule was not judged, and succeeds where all hold', async () => {
    const [file, other] = [join(dir, 'budgets.json'), join(dir, 'other-budgets.json')];
    const succeeds = {
      scenario: 'storm',
      metric: 'failures',
      statistic: 'max',
      op: '<=',
      limit: 0,
      note: 'all come in',
    };
    const short = ['storm', '--rate', '5', '--duration', '1', '--budgets'];
    await writeFile(file, JSON.stringify([succeeds]));
    await writeFile(other, JSON.stringify([succeeds, { ...succeeds, params: { rate: 50 }, metric: 'late' }]));
    const [judged, unjudged] = [run([...short, file]), run([...short, other])];
    expect(await judged.exitCode, judged.said()).to.equal(0);
    expect(await unjudged.exitCode, unjudged.said()).to.equal(1);
    expect(unjudged.said()).to.contain('not judged: rate is not 50');
  });

  it('refuses rules of a scenario that there is not', async () => {
    const file = join(dir, 'wrong-budgets.json');
    const rule = { scenario: 'tea', metric: 'failures', statistic: 'max', op: '<=', limit: 0, note: 'all come in' };
    await writeFile(file, JSON.stringify([rule]));
    const { said, exitCode } = run(['storm', '--budgets', file]);
    expect(await exitCode).to.equal(2);
    expect(said()).to.contain(file).and.contain('scenario');
  });

  it('refuses a wrong command line, and explains itself', async () => {
    const wrong = run(['join', '--faster']);
    expect(await wrong.exitCode).to.equal(2);
    expect(wrong.said()).to.contain('--faster').and.contain('--help');
    const help = run(['--help']);
    expect(await help.exitCode).to.equal(0);
    expect(help.said()).to.contain('Usage: npm run bench');
  });
});
