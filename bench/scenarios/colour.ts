import type { VideoCodecName } from '../../protocol/mediaCodecs.ts';
import { lightNames, type LightName } from '../colour/spectra/lights.ts';
import { Browser } from '../lib/Browser.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { openTarget } from '../lib/Target.ts';
import { colourParts, videoCodecs, type BenchOptions, type ColourPart } from '../options.ts';
import { pictureFormats, type PictureFormat } from '../probes/PictureSource.ts';
import { failedCard, measureCard } from './colourCard.ts';
import { measureDelay } from './colourDelay.ts';
import { colourMetrics, type ColourSample } from './colourMetrics.ts';
import type { ColourStage } from './colourPages.ts';
import { PICTURE } from './colourScenes.ts';
import { failedTransport, measureTransport, type TransportWay } from './colourTransport.ts';
import type { Scenario } from './Scenario.ts';

/** Longer than a change takes from one page to the other, or what was before it would be read. */
const SETTLE_MS = 2_000;

interface ColourParams {
  parts: readonly ColourPart[];
  /** The first one is that of the card and of the delay. */
  codecs: readonly VideoCodecName[];
  sources: readonly PictureFormat[];
  lights: readonly LightName[];
  /** A picture is read when it is the same in both halves of so long a time. */
  settleMs: number;
  /** Read and averaged each time. */
  frames: number;
  rounds: number;
  windowMs: number;
}

function paramsOf({ parts, codecs, sources, lights, rounds, durationMs, smoke }: BenchOptions): ColourParams {
  return {
    parts: parts ? colourParts.filter((part) => parts.includes(part)) : colourParts,
    codecs: codecs ?? (smoke ? videoCodecs.slice(0, 1) : videoCodecs),
    sources: sources ?? (smoke ? pictureFormats.slice(0, 1) : pictureFormats),
    lights: lights ?? (smoke ? lightNames.slice(0, 1) : lightNames),
    settleMs: SETTLE_MS,
    frames: smoke ? 2 : 10,
    rounds: rounds ?? (smoke ? 1 : 5),
    windowMs: durationMs ?? (smoke ? 1_000 : 5_000),
  };
}

/** Whether colours arrive as they were meant: through each codec, and by the colour card under wrong lights. */
export const colour: Scenario = async ({ options, scratch, progress, signal, record }) => {
  const params = paramsOf(options);
  const { codecs, sources, rounds, windowMs, settleMs, frames } = params;
  const { remote, seed } = options;
  const target = await openTarget({ scratch, remote, relayed: false, tls: true, workers: 1, seed });
  const pages = scratch.use(await ProbeServer.start(['colour']));
  const browser = scratch.use(await Browser.launch(scratch.dir, { longestCallMs: windowMs }));
  const stage: ColourStage = { browser, pageUrl: pages.urlOf('colour'), target, reading: { settleMs, frames } };
  const samples: ColourSample[] = [];
  record({
    params: { ...params, ...PICTURE },
    versions: { chromium: await browser.version() },
    samples,
    metrics: () => colourMetrics(samples),
  });
  const has = (part: ColourPart) => params.parts.includes(part);
  const ways: TransportWay[] = codecs.flatMap((codec) =>
    sources.flatMap((source) => (['standard', 'tea'] as const).map((profile) => ({ codec, source, profile }))),
  );
  const lights = has('card') ? params.lights : [];
  progress.begin((has('transport') ? ways.length : 0) + lights.length + (has('delay') ? rounds * 2 : 0));
  const add = (sample: ColourSample, note: string) => {
    samples.push(sample);
    if (sample.failed !== null) progress.say(`${note}: ${sample.failed}`);
    progress.step(note);
  };
  for (const way of has('transport') ? ways : []) {
    if (signal.aborted) return;
    const sample = await measureTransport(stage, way).catch((error: unknown) => failedTransport(way, firstLine(error)));
    add(sample, `${way.source} by ${way.codec}, ${way.profile}`);
  }
  for (const light of lights) {
    if (signal.aborted) return;
    const shown = { codec: codecs[0]!, light, seed };
    const sample = await measureCard(stage, shown).catch((error: unknown) => failedCard(shown, firstLine(error)));
    add(sample, `card under ${light}`);
  }
  if (!has('delay')) return;
  await measureDelay(stage, {
    ...{ codec: codecs[0]!, rounds, windowMs, settleMs, signal },
    onSample: (sample) => add(sample, sample.corrected ? 'delay with correction' : 'delay without'),
  });
};

/** What goes wrong in a page comes with lines of its bundle. */
function firstLine(error: unknown): string {
  return String(error).split('\n')[0]!;
}
