import { expect } from 'chai';
import { budgets } from '../../../../bench/budgets.ts';
import { judge } from '../../../../bench/judge.ts';
import { renderReport } from '../../../../bench/report/renderReport.ts';
import type { Metrics, Result, Sample } from '../../../../bench/report/result.ts';
import { clusterMetrics } from '../../../../bench/scenarios/clusterMetrics.ts';
import { colourMetrics, type ColourSample } from '../../../../bench/scenarios/colourMetrics.ts';
import { REFERENCE } from '../../../../bench/scenarios/colourScenes.ts';
import { failedTransport } from '../../../../bench/scenarios/colourTransport.ts';
import { failoverMetrics } from '../../../../bench/scenarios/failoverMetrics.ts';
import { joinMetrics, type JoinSample } from '../../../../bench/scenarios/joinMetrics.ts';
import { latencyMetrics } from '../../../../bench/scenarios/latencyMetrics.ts';
import { loadMetrics, type LoadSample } from '../../../../bench/scenarios/loadMetrics.ts';
import { messagesMetrics } from '../../../../bench/scenarios/messagesMetrics.ts';
import { peersMetrics, type PeersSample } from '../../../../bench/scenarios/peersMetrics.ts';
import { stormMetrics } from '../../../../bench/scenarios/stormMetrics.ts';
import { weakMetrics } from '../../../../bench/scenarios/weakMetrics.ts';
import { clusterJoin, rooms, watchers } from '../../../helpers/clusterSamples.ts';
import { failoverSamples } from '../../../helpers/failoverSamples.ts';
import { messagesSamples } from '../../../helpers/messagesSamples.ts';
import { weakSample } from '../../../helpers/weakSample.ts';

function result(scenario: string, samples: Sample[], metrics: Metrics, more: Partial<Result> = {}): Result {
  return {
    scenario,
    startedAt: '2026-11-22T12:00:00.000Z',
    machine: { cpu: '<a processor>', cores: 2, memoryBytes: 2 ** 34, kernel: '6', loadAverage: 0.1 },
    versions: { node: 'v24' },
    params: { seed: 1 },
    samples,
    metrics,
    verdicts: judge(budgets, { scenario, params: {}, metrics }),
    ...more,
  };
}

const joins: JoinSample[] = (['start', 'people', 'picture'] as const).flatMap((part) =>
  [0, 50].flatMap((rttMs) =>
    Array.from({ length: 4 }, (_, index) => ({
      part,
      start: 'cold' as const,
      rttMs,
      people: index < 2 ? 1 : 50,
      failed: null,
      firstFrameWidth: 640,
      fullSizeMs: part === 'picture' ? 800 : null,
      allVideosMs: part === 'people' ? 900 : null,
      socketMs: 10,
      answerMs: 20,
      iceMs: 30,
      dtlsMs: 40,
      firstPacketMs: 60,
      firstFrameMs: 100 + index + rttMs * 6,
      displayedMs: 120,
    })),
  ),
);
const latencies = ['server', 'floor'].map((through) => ({
  size: '640x360',
  through,
  round: 0,
  decodedMs: [10, 20, 30],
  displayedMs: [20, 30, 40],
  framesMade: 3,
  width: 640,
  bitrateBps: 1_000_000,
}));
const steps: LoadSample[] = [0, 25, 50].map((consumers) => ({
  consumers,
  window: 1,
  connected: consumers,
  canaryP50Ms: 10,
  canaryP95Ms: 20,
  canaryFrames: 1,
  delivered: 1,
  packetsPerSecond: 1,
  bitsPerSecond: 1,
  workerCpu: 0.1,
  nodeCpu: 0.01,
  clientsCpu: 0.1,
  chromiumCpu: 0.1,
  workerBytes: 1,
  nodeBytes: 1,
  broken: null,
}));
const storm = [1, 2, 3].map((index) => ({ failed: null, lateMs: 0, answerMs: 10, firstFrameMs: 50 + index }));
const peers: PeersSample[] = ['chaxi', 'naive'].flatMap((peer): PeersSample[] => [
  { part: 'join', peer, start: 'cold', rttMs: 0, failed: null, firstPacketMs: 50, firstFrameMs: 100 },
  { part: 'latency', peer, round: 0, decodedMs: [1, 2], displayedMs: [3], framesMade: 2, width: 640, bitrateBps: 1 },
  { part: 'cpu', peer, round: 0, subscribers: 0, cores: 0.1 },
  { part: 'cpu', peer, round: 0, subscribers: 8, cores: 0.2 },
]);
const colours: ColourSample[] = [
  ...(['standard', 'tea'] as const).map((profile) => ({
    ...failedTransport({ codec: 'vp8', source: 'rgb', profile }, ''),
    ...{ failed: null, local: REFERENCE, drawn: REFERENCE, copied: REFERENCE, shown: REFERENCE, bitrateBps: 1 },
  })),
  failedTransport({ codec: 'av1', source: 'bt601', profile: 'tea' }, 'no <picture>'),
  {
    ...{ part: 'card', light: 'green', codec: 'vp8', failed: null, reference: REFERENCE, problems: '' },
    ...{
      before: REFERENCE.map((byte) => byte / 2),
      after: REFERENCE,
      gains: [1, 1, 1],
      matrix: [],
      cornersOffPixels: 0,
    },
    ...{ claimedBeforeMean: 9, claimedBeforeMax: 20, claimedAfterMean: 1, claimedAfterMax: 2 },
  },
  ...[false, true].map((corrected) => ({
    ...{ part: 'delay' as const, round: 0, corrected, failed: null, decodedMs: [20, 30], framesMade: 2 },
  })),
];
const weak = (['chaxi', 'p2p'] as const).flatMap((peer) =>
  (['loss20', 'rate300', 'outage'] as const).map((condition) => weakSample({ peer, condition, stepMs: 50 })),
);
const failovers = failoverSamples();
const clusters = [clusterJoin('own', 120), clusterJoin('own', 130), clusterJoin('other', 150), watchers, rooms];

const results = [
  result('join', joins, joinMetrics(joins)),
  result('latency', latencies, latencyMetrics(latencies, ['server', 'floor'])),
  result('storm', storm, stormMetrics(storm, { worker: 0.5 })),
  result('load', steps, loadMetrics(steps, steps.length)),
  result('colour', colours, colourMetrics(colours)),
  result('weak', weak, weakMetrics(weak)),
  result('failover', failovers, failoverMetrics(failovers)),
  result('cluster', clusters, clusterMetrics(clusters)),
  result('messages', messagesSamples, messagesMetrics(messagesSamples)),
  result('peers', peers, peersMetrics(peers, ['chaxi', 'naive'])),
];

describe('the report', () => {
  const page = renderReport(results);

  it('asks for nothing from anywhere', () => {
    expect(page).to.not.match(/<(script|link|img|iframe)|url\(|@import|https?:\/\//);
  });

  it('shows every scenario with charts whose numbers are numbers', () => {
    for (const { scenario } of results) expect(page).to.contain(`id="${scenario}"`);
    expect(page.match(/<svg /g)?.length).to.be.above(10);
    expect(page).to.not.match(/NaN|Infinity|undefined/);
  });

  it('describes each chart for those who do not see it', () => {
    expect(page.match(/<svg /g)?.length).to.equal(page.match(/role="img" aria-label="[^"]+"/g)?.length);
  });

  it('escapes what comes from outside', () => {
    expect(page).to.contain('&lt;a processor&gt;');
    expect(page).to.not.contain('<a processor>');
  });

  it('says so where a run was interrupted', () => {
    expect(page).to.not.contain('Interrupted');
    expect(renderReport([result('join', joins, joinMetrics(joins), { interrupted: true })])).to.contain('Interrupted');
  });

  it('says so where a run failed, and why', () => {
    expect(page).to.not.contain('Failed');
    const failed = 'There is no <browser>.';
    expect(renderReport([result('join', joins, joinMetrics(joins), { failed })])).to.contain('no &lt;browser&gt;.');
  });

  it('bears a run that measured nothing', () => {
    for (const { scenario } of results) expect(renderReport([result(scenario, [], {})])).to.contain(scenario);
  });
});
