import { expect } from 'chai';
import { audioParameters, videoParameters } from '../helpers/rtpFixtures.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the metrics of a node', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const scrape = async () => (await fetch(`${node.url}/metrics`)).text();
  /** The value of a series such as `chaxi_rooms` or `chaxi_errors_total{code="roomFull"}`. */
  const valueOf = async (series: string) => {
    const line = (await scrape()).split('\n').find((text) => text.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };
  const count = (values: Record<string, number>) =>
    Promise.all(
      Object.entries(values).map(async ([series, value]) => expect(await valueOf(series), series).to.equal(value)),
    );

  beforeEach(async () => (node = await startTestServer({ rooms: { maxParticipants: 3 } })));
  afterEach(async () => {
    visitors.clear();
    await node.close();
  });

  it('count rooms, participants by stage and role, tracks and subscriptions, and forget what is gone', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', { kind: 'video', source: 'teaCloseUp', rtpParameters: videoParameters(1) });
    await host.client.request('produce', { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(9) });
    const guest = await visitors.join('guest');
    await visitors.join('later', { hello: { intent: 'prepare', media: false } });
    await count({
      chaxi_rooms: 1,
      'chaxi_participants{role="host",stage="joined"}': 1,
      'chaxi_participants{role="guest",stage="joined"}': 1,
      'chaxi_participants{role="guest",stage="prepared"}': 1,
      'chaxi_producers{kind="video",source="teaCloseUp"}': 1,
      'chaxi_producers{kind="audio",source="microphone"}': 1,
      'chaxi_consumers{kind="video"}': 1,
      'chaxi_consumers{kind="audio"}': 1,
      'chaxi_media_bitrate_bits_per_second{direction="in"}': 0,
    });
    await guest.client.request('leave', {});
    await host.client.notification('participantLeft');
    expect(await valueOf('chaxi_participants{role="guest",stage="joined"}')).to.equal(undefined);
    expect(await valueOf('chaxi_consumers{kind="video"}')).to.equal(undefined);
  });

  it('count errors by their code, at the door and inside', async () => {
    const people = [await visitors.join('one'), await visitors.join('two'), await visitors.join('three')];
    await (await visitors.open('four')).refusal();
    const client = people[0]!.client;
    await client.refusalOf('nonsense', {});
    await client.refusalOf('closeProducer', { producerId: 7 });
    await client.refusalOf('closeProducer', { producerId: 'x' });
    client.send('null');
    await client.request('join', {});
    await count({
      'chaxi_errors_total{code="roomFull"}': 1,
      'chaxi_errors_total{code="unknownMethod"}': 1,
      'chaxi_errors_total{code="badRequest"}': 2,
      'chaxi_errors_total{code="producerNotFound"}': 1,
    });
    expect(await valueOf('chaxi_errors_total{code="internal"}')).to.equal(undefined);
  });

  it('have the stages of joins as pages report them, and nothing that is none', async () => {
    const { client } = await visitors.join('guest');
    const notify = (data: unknown) => client.send(JSON.stringify({ notification: true, method: 'joinTiming', data }));
    notify({ start: 'hot', socketMs: 20, answerMs: 45, iceMs: 60, dtlsMs: 80, firstFrameMs: 190 });
    notify({ start: 'hot', socketMs: 20, answerMs: 45 });
    notify({ start: 'hot', socketMs: -1, answerMs: 45 });
    notify({ start: 'lukewarm', socketMs: 1, answerMs: 2 });
    await client.request('join', {});
    await count({
      'chaxi_join_stage_seconds_count{stage="answer",start="hot"}': 2,
      'chaxi_join_stage_seconds_count{stage="firstFrame",start="hot"}': 1,
      'chaxi_join_stage_seconds_bucket{le="0.2",stage="firstFrame",start="hot"}': 1,
      'chaxi_join_stage_seconds_bucket{le="0.15",stage="firstFrame",start="hot"}': 0,
      'chaxi_errors_total{code="badRequest"}': 2,
    });
    expect(await scrape()).to.not.include('lukewarm');
  });

  it('count workers that die, and are there while one is being replaced', async () => {
    const { client } = await visitors.join('guest');
    for (const { pid } of node.server.pool.workers) process.kill(pid, 'SIGKILL');
    // Asked while workers die, some answer and some do not.
    const scrapes = await Promise.all([1, 2, 3, 4].map(() => fetch(`${node.url}/metrics`)));
    expect(scrapes.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    await client.notification('mediaReset');
    await waitFor('both to be counted', async () => (await valueOf('chaxi_workers_died_total')) === 2);
    await waitFor('both workers to report', async () =>
      (await Promise.all([0, 1].map((index) => valueOf(`chaxi_worker_cpu_seconds_total{worker="${index}"}`)))).every(
        (seconds) => seconds !== undefined,
      ),
    );
  });
});
