import { expect } from 'chai';
import { Metrics, type MetricsSample } from '../../../server/base/Metrics.ts';

const sample: Readonly<MetricsSample> = Object.freeze({
  rooms: 2,
  nodes: 3,
  messagingSockets: 7,
  participants: [
    { role: 'host', stage: 'joined', count: 1 },
    { role: 'guest', stage: 'lobby', count: 3 },
  ],
  networks: [
    { quality: 'good', reason: 'none', count: 1 },
    { quality: 'poor', reason: 'loss', count: 2 },
  ],
  producers: [{ kind: 'video', source: 'teaCloseUp', count: 4 }],
  consumers: [{ kind: 'audio', count: 5 }],
  incomingBitrateBps: 1_000,
  outgoingBitrateBps: 2_000,
  workers: [
    {
      worker: '0',
      cpuSeconds: 1.5,
      residentBytes: 4_096,
      pipes: { worker: 2, node: 1 },
      pipeConsumers: { worker: 3, node: 5 },
    },
  ],
} satisfies MetricsSample);

async function linesOf(metrics: Metrics): Promise<string[]> {
  return (await metrics.render()).text.split('\n');
}

describe('Metrics', () => {
  it('counts errors by code and dead workers', async () => {
    const metrics = new Metrics();
    metrics.countError('badRequest');
    metrics.countError('badRequest');
    metrics.countWorkerDied();
    expect(await linesOf(metrics)).to.include.members([
      'chaxi_errors_total{code="badRequest"} 2',
      'chaxi_workers_died_total 1',
    ]);
  });

  it('sorts the stages of a join into buckets of seconds, and leaves out those that were not reached', async () => {
    const metrics = new Metrics();
    metrics.observeJoin({ start: 'cold', socketMs: 20, answerMs: 180 });
    const lines = await linesOf(metrics);
    expect(lines).to.include.members([
      'chaxi_join_stage_seconds_bucket{le="0.05",stage="socket",start="cold"} 1',
      'chaxi_join_stage_seconds_bucket{le="0.15",stage="answer",start="cold"} 0',
      'chaxi_join_stage_seconds_bucket{le="0.2",stage="answer",start="cold"} 1',
      'chaxi_join_stage_seconds_sum{stage="answer",start="cold"} 0.18',
    ]);
    expect(lines.join('\n')).to.not.include('firstFrame');
  });

  it('counts stills by how they ended, and how long that took', async () => {
    const metrics = new Metrics();
    metrics.observeStill('kept', 900);
    metrics.observeStill('stillTimeout', 30_000);
    expect(await linesOf(metrics)).to.include.members([
      'chaxi_still_seconds_bucket{le="1",result="kept"} 1',
      'chaxi_still_seconds_bucket{le="0.5",result="kept"} 0',
      'chaxi_still_seconds_sum{result="kept"} 0.9',
      'chaxi_still_seconds_count{result="stillTimeout"} 1',
    ]);
  });

  it('fills its gauges at each scrape from the collector', async () => {
    const metrics = new Metrics();
    metrics.setCollector(() => Promise.resolve(sample));
    await metrics.render();
    expect(await linesOf(metrics)).to.include.members([
      'chaxi_rooms 2',
      'chaxi_participants{role="host",stage="joined"} 1',
      'chaxi_participants{role="guest",stage="lobby"} 3',
      'chaxi_producers{kind="video",source="teaCloseUp"} 4',
      'chaxi_consumers{kind="audio"} 5',
      'chaxi_media_bitrate_bits_per_second{direction="in"} 1000',
      'chaxi_media_bitrate_bits_per_second{direction="out"} 2000',
      'chaxi_worker_cpu_seconds_total{worker="0"} 1.5',
      'chaxi_pipes{worker="0",to="node"} 1',
      'chaxi_pipe_consumers{worker="0",to="worker"} 3',
      'chaxi_pipe_consumers{worker="0",to="node"} 5',
    ]);
  });

  it('forgets what is no longer in the sample', async () => {
    const metrics = new Metrics();
    let present = sample;
    metrics.setCollector(() => Promise.resolve(present));
    await metrics.render();
    present = { ...sample, rooms: 0, participants: [], producers: [], consumers: [], workers: [] };
    const text = (await metrics.render()).text;
    expect(text).to.include('chaxi_rooms 0');
    expect(text).to.not.match(/^chaxi_(participants|producers|consumers|worker_\w+)\{/m);
  });

  it('keeps the numbers of two servers in one process apart', async () => {
    const [one, two] = [new Metrics(), new Metrics()];
    one.countError('internal');
    expect(await linesOf(one)).to.include('chaxi_errors_total{code="internal"} 1');
    expect((await two.render()).text).to.not.include('code="internal"');
  });

  it('shows the process too, and each name once', async () => {
    const { text, contentType } = await new Metrics().render();
    expect(contentType).to.include('text/plain');
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]);
    expect(names).to.include.members(['process_resident_memory_bytes', 'nodejs_eventloop_lag_seconds', 'chaxi_rooms']);
    expect(new Set(names).size).to.equal(names.length);
  });

  it('names everything of its own chaxi_ and by Prometheus rules', async () => {
    const { text } = await new Metrics().render();
    for (const [, name, type] of text.matchAll(/^# TYPE (chaxi_\S+) (\S+)/gm)) {
      expect(name).to.match(/^chaxi_[a-z][a-z_]*[a-z]$/);
      expect(name?.endsWith('_total'), name).to.equal(type === 'counter');
    }
  });

  it('fails the scrape when the collector fails, and works at the next one', async () => {
    const metrics = new Metrics();
    let broken = true;
    metrics.setCollector(() => (broken ? Promise.reject(new Error('no worker')) : Promise.resolve(sample)));
    const failure = await metrics.render().catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
    broken = false;
    expect(await linesOf(metrics)).to.include('chaxi_rooms 2');
  });
});
