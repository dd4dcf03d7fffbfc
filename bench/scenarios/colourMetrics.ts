import { type LightName } from '../colour/spectra/lights.ts';
import { ciede2000, type RgbBytes } from '../../client-sdk/src/color/colorDifference.ts';
import { mean, round, single, summarize, type Summary } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';

/** Bytes of patches, red, green and blue one after the other. */
export type PatchBytes = number[];

/** 24 patches through the SDK, the server and a codec. */
export type TransportSample = {
  part: 'transport';
  codec: string;
  source: string;
  profile: string;
  failed: string | null;
  /** What was meant. */
  reference: PatchBytes;
  /** What the publisher's own page shows: nothing that is sent can be nearer to the reference than this. */
  local: PatchBytes;
  /** What the receiver shows, read in three ways. */
  drawn: PatchBytes;
  copied: PatchBytes;
  shown: PatchBytes;
  usedCodec: string | null;
  format: string | null;
  matrix: string | null;
  primaries: string | null;
  transfer: string | null;
  fullRange: boolean | null;
  bitrateBps: number;
};

/** The card under one light, before and after its correction. */
export type CardSample = {
  part: 'card';
  light: LightName;
  codec: string;
  failed: string | null;
  /** The published colours of the card, to which it is corrected. */
  reference: PatchBytes;
  /** What the receiver shows. */
  before: PatchBytes;
  after: PatchBytes;
  /** What the publisher's page says of it, CIEDE2000. */
  claimedBeforeMean: number;
  claimedBeforeMax: number;
  claimedAfterMean: number;
  claimedAfterMax: number;
  problems: string;
  gains: number[];
  matrix: number[];
  /** How far the corners that were found are from those that were drawn, at most, in pixels. */
  cornersOffPixels: number;
};

/** Frames in one interval, with a correction or without. */
export type DelaySample = {
  part: 'delay';
  round: number;
  corrected: boolean;
  failed: string | null;
  decodedMs: number[];
  framesMade: number;
};

export type ColourSample = TransportSample | CardSample | DelaySample;

const UNIT = 'ΔE00';

export function colourMetrics(samples: readonly ColourSample[]): Metrics {
  const done = samples.filter(({ failed }) => failed === null);
  const of = <P extends ColourSample['part']>(part: P) =>
    done.filter((sample): sample is Extract<ColourSample, { part: P }> => sample.part === part);
  return {
    ...transportMetrics(of('transport')),
    ...cardMetrics(of('card')),
    ...delayMetrics(of('delay')),
    ...(samples.length > 0 && { failures: single('', samples.length - done.length, samples.length) }),
  };
}

function transportMetrics(samples: readonly TransportSample[]): Metrics {
  const metrics: Metrics = {};
  const apart: number[] = [];
  for (const { codec, source, profile, reference, local, drawn, copied, shown, bitrateBps } of samples) {
    const name = `${codec}.${source}.${profile}`;
    Object.assign(metrics, differenceMetrics(name, reference, drawn));
    metrics[`${source}.local.mean`] ??= meanDifference(differencesOf(reference, local));
    metrics[`${source}.local.patches`] ??= summarize(UNIT, differencesOf(reference, local));
    metrics[`${name}.bitrate`] = summarize('bps', [bitrateBps]);
    apart.push(...differencesOf(drawn, copied), ...differencesOf(drawn, shown));
  }
  const ofTea = samples.filter(({ profile }) => profile === 'tea');
  for (const [codec, own] of Map.groupBy(ofTea, (sample) => sample.codec)) {
    const differences = own.map(({ reference, drawn }) => differencesOf(reference, drawn));
    metrics[`${codec}.tea.means`] = summarize(UNIT, differences.map(mean));
    metrics[`${codec}.tea.patches`] = summarize(UNIT, differences.flat());
  }
  if (apart.length > 0) metrics.readingsApart = summarize(UNIT, apart);
  return metrics;
}

function cardMetrics(samples: readonly CardSample[]): Metrics {
  const metrics: Metrics = {};
  for (const sample of samples) {
    const name = `card.${sample.light}`;
    Object.assign(metrics, differenceMetrics(`${name}.before`, sample.reference, sample.before));
    Object.assign(metrics, differenceMetrics(`${name}.after`, sample.reference, sample.after));
    metrics[`${name}.claimed.before`] = single(UNIT, sample.claimedBeforeMean, sample.reference.length / 3);
    metrics[`${name}.claimed.after`] = single(UNIT, sample.claimedAfterMean, sample.reference.length / 3);
  }
  for (const when of samples.length > 0 ? (['before', 'after'] as const) : []) {
    const means = samples.map((sample) => mean(differencesOf(sample.reference, sample[when])));
    metrics[`card.${when}.means`] = summarize(UNIT, means);
  }
  return metrics;
}

function delayMetrics(samples: readonly DelaySample[]): Metrics {
  const metrics: Metrics = {};
  for (const [name, corrected] of [['without', false] as const, ['corrected', true] as const]) {
    const windows = samples.filter((sample) => sample.corrected === corrected);
    const values = windows.flatMap(({ decodedMs }) => decodedMs);
    if (values.length === 0) continue;
    const made = windows.reduce((sum, { framesMade }) => sum + framesMade, 0);
    metrics[`delay.${name}`] = summarize('ms', values);
    metrics[`delay.${name}.framesDecoded`] = single('share', values.length / made, made);
  }
  const { 'delay.without': without, 'delay.corrected': corrected } = metrics;
  if (!without || !corrected) return metrics;
  const n = Math.min(without.n, corrected.n);
  const decoded = (name: string) => metrics[`delay.${name}.framesDecoded`]!.p50;
  return {
    ...metrics,
    'delay.addedP50': single('ms', corrected.p50 - without.p50, n),
    'delay.addedP95': single('ms', corrected.p95 - without.p95, n),
    'delay.framesDecodedRatio': single('', decoded('corrected') / decoded('without'), n),
  };
}

/** The mean, which the bars are about, and the distribution over the patches, whose largest one they are about too. */
function differenceMetrics(name: string, reference: PatchBytes, seen: PatchBytes): Metrics {
  const differences = differencesOf(reference, seen);
  return { [`${name}.mean`]: meanDifference(differences), [`${name}.patches`]: summarize(UNIT, differences) };
}

function meanDifference(differences: readonly number[]): Summary {
  return single(UNIT, mean(differences), differences.length);
}

/** CIEDE2000 of each patch. */
export function differencesOf(reference: PatchBytes, seen: PatchBytes): number[] {
  return patchesOf(reference).map((patch, index) => round(ciede2000(patch, patchesOf(seen)[index]!)));
}

export function patchesOf(bytes: PatchBytes): RgbBytes[] {
  return Array.from({ length: bytes.length / 3 }, (_, patch) => {
    const [red, green, blue] = bytes.slice(3 * patch, 3 * patch + 3);
    return [red!, green!, blue!];
  });
}
