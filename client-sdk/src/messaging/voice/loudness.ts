import { limits } from '../../../../protocol/limits.ts';

/** Loudness below this, in decibels under the loudest that there is, is shown as silence: a quiet room. */
const SILENCE_DB = -60;

/** How loud a stretch of sound is, 0 to 100. @param samples from -1 to 1 */
export function loudnessOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length));
  return Math.round(Math.min(100, Math.max(0, 100 * (1 - decibels / SILENCE_DB))));
}

/** The shape of a recording: its loudness in equal parts, of each the loudest moment, so that no word is lost. */
export function waveformOf(levels: readonly number[], parts: number = limits.waveformParts): number[] {
  if (levels.length === 0) return [0];
  const count = Math.min(parts, levels.length);
  return Array.from({ length: count }, (_, index) => {
    const start = Math.floor((index * levels.length) / count);
    const end = Math.floor(((index + 1) * levels.length) / count);
    return Math.max(...levels.slice(start, end));
  });
}
