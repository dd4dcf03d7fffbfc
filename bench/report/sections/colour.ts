import { lights } from '../../colour/spectra/lights.ts';
import {
  differencesOf,
  patchesOf,
  type CardSample,
  type ColourSample,
  type DelaySample,
  type PatchBytes,
  type TransportSample,
} from '../../scenarios/colourMetrics.ts';
import { mean } from '../../lib/stats.ts';
import { card } from '../card.ts';
import { ecdfChart } from '../charts/ecdfChart.ts';
import { patchChart, type SeenPatch } from '../charts/patchChart.ts';
import { rangeChart, type Range } from '../charts/rangeChart.ts';
import type { Result } from '../result.ts';

const codecNames: Record<string, string> = { vp8: 'VP8', h264: 'H.264', vp9: 'VP9', av1: 'AV1' };
const sourceNames: Record<string, string> = { rgb: 'RGB', bt601: 'BT.601', bt709: 'BT.709' };
const UNIT = 'CIEDE2000';
const STRIPS = 'The middle of each patch is what was meant.';

export function colourSection(result: Result): string[] {
  const done = (result.samples as ColourSample[]).filter(({ failed }) => failed === null);
  return [
    ...transport(done.filter((sample) => sample.part === 'transport')),
    ...underLights(done.filter((sample) => sample.part === 'card')),
    ...delay(done.filter((sample) => sample.part === 'delay')),
  ];
}

function transport(samples: readonly TransportSample[]): string[] {
  if (samples.length === 0) return [];
  const ways = [...Map.groupBy(samples, ({ codec, source }) => `${codec} ${source}`).values()].map((pair) => ({
    name: `${codecNames[pair[0]!.codec]}, ${sourceNames[pair[0]!.source]}`,
    reference: pair[0]!.reference,
    profiles: ['standard', 'tea'].map((profile) => pair.find((sample) => sample.profile === profile)),
  }));
  const overview = card(
    'Through each codec',
    rangeChart(
      ways.map(({ name, reference, profiles }) => ({
        name,
        ranges: profiles.map((sample) => (sample ? rangeOf(reference, sample.drawn) : null)),
      })),
      { series: ['standard', 'tea'], unit: UNIT, title: 'Difference of colours by codec and source', limit: 1 },
    ),
    'Dots are means of 24 patches; each line ends at the patch that is worst.',
  );
  const swatches = ways.map(({ name, reference, profiles }) =>
    card(
      name,
      patchChart(
        seenPatches(
          reference,
          profiles.flatMap((sample) => (sample ? [sample.drawn] : [])),
        ),
        `Patches by ${name}`,
      ),
      `Received with the profile ${profiles.flatMap((sample) => sample?.profile ?? []).join(' at the left, ')}${profiles.every(Boolean) ? ' at the right' : ''}. ${STRIPS}`,
    ),
  );
  return [overview, ...swatches];
}

function underLights(samples: readonly CardSample[]): string[] {
  if (samples.length === 0) return [];
  const named = samples.map((sample) => ({ ...sample, name: lights[sample.light].name }));
  const overview = card(
    'The card under wrong lights',
    rangeChart(
      named.map(({ name, reference, before, after }) => ({
        name,
        ranges: [rangeOf(reference, before), rangeOf(reference, after)],
      })),
      { series: ['before', 'after the card'], unit: UNIT, title: 'Difference of colours by light', limit: 2.5 },
    ),
    'What the receiver sees. The camera stays locked to its preset for fluorescent lamps.',
  );
  const swatches = named.map(({ name, reference, before, after }) =>
    card(
      name,
      patchChart(seenPatches(reference, [before, after]), `Patches under ${name}`),
      `Received before at the left, after at the right. ${STRIPS}`,
    ),
  );
  return [overview, ...swatches];
}

function delay(samples: readonly DelaySample[]): string[] {
  const series = [false, true].flatMap((corrected) => {
    const values = samples.filter((sample) => sample.corrected === corrected).flatMap(({ decodedMs }) => decodedMs);
    return values.length > 0 ? [{ name: corrected ? 'corrected' : 'as the camera gives it', values }] : [];
  });
  if (series.length === 0) return [];
  return [
    card(
      'What a correction adds to the delay',
      ecdfChart(series, { unit: 'ms from the making of the frame', title: 'Latency with a correction and without' }),
      'The same publication in turns.',
    ),
  ];
}

function rangeOf(reference: PatchBytes, seen: PatchBytes): Range {
  const differences = differencesOf(reference, seen);
  return { mean: mean(differences), max: Math.max(...differences) };
}

function seenPatches(reference: PatchBytes, ways: readonly PatchBytes[]): SeenPatch[] {
  const colors = ways.map(patchesOf);
  const differences = ways.map((seen) => differencesOf(reference, seen));
  return patchesOf(reference).map((meant, patch) => ({
    meant,
    seen: ways.map((_, way) => ({ color: colors[way]![patch]!, difference: differences[way]![patch]! })),
  }));
}
