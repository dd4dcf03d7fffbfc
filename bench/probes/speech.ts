import { seededRandom } from '../lib/random.ts';

/** Resonances of five vowels in Hz (Peterson and Barney 1952, men). */
const VOWELS: readonly (readonly [number, number, number])[] = [
  [730, 1_090, 2_440],
  [270, 2_290, 3_010],
  [300, 870, 2_240],
  [530, 1_840, 2_480],
  [570, 840, 2_410],
];
const FORMANT_WIDTH_HZ = 110;
const FORMANT_LEVELS = [1, 0.5, 0.25] as const;
/** Four syllables a second, the rate at which people speak. */
const SYLLABLE_S = 0.25;
/** Share of a syllable that is a hiss. */
const CONSONANT = 0.22;
const CONSONANT_LEVEL = 0.12;
const VOWEL_LEVEL = 0.35;
/** Between syllables it gets softer, but never silent: transmission must not pause. */
const FLOOR = 0.06;
const PITCH_HZ = { mean: 125, range: 30 };
const MAX_HARMONIC_HZ = 4_000;
const SEED = 11;

/**
 * Something like speech, -1 to 1, that repeats without a seam after `syllables`: a voice whose pitch moves, five vowels, hisses between
 * them. A codec and a concealment have with it about the work that they have with a voice, which a tone would spare them.
 */
export function speechLoop(sampleRate: number, syllables: number): Float32Array<ArrayBuffer> {
  const random = seededRandom(SEED);
  const perSyllable = Math.round(SYLLABLE_S * sampleRate);
  const samples = new Float32Array(perSyllable * syllables);
  for (let syllable = 0; syllable < syllables; syllable++) {
    const vowel = VOWELS[Math.floor(random() * VOWELS.length)]!;
    // Whole periods in each syllable, so that the next one begins where this one ends.
    const periods = Math.round((PITCH_HZ.mean + (random() * 2 - 1) * PITCH_HZ.range) * SYLLABLE_S);
    const hertz = periods / SYLLABLE_S;
    const harmonics = Array.from({ length: Math.floor(MAX_HARMONIC_HZ / hertz) }, (_, index) =>
      levelOf(vowel, hertz * (index + 1)),
    );
    const norm = 1 / harmonics.reduce((sum, level) => sum + level, 0);
    for (let index = 0; index < perSyllable; index++) {
      const at = index / perSyllable;
      const phase = 2 * Math.PI * periods * at;
      const voice = harmonics.reduce((sum, level, order) => sum + level * Math.sin(phase * (order + 1)), 0) * norm;
      const hiss = at < CONSONANT ? (random() * 2 - 1) * CONSONANT_LEVEL : 0;
      samples[syllable * perSyllable + index] = hiss + voice * VOWEL_LEVEL * envelope(at);
    }
  }
  return samples;
}

function levelOf(formants: readonly [number, number, number], hertz: number): number {
  return formants.reduce((sum, formant, index) => {
    const away = (hertz - formant) / FORMANT_WIDTH_HZ;
    return sum + FORMANT_LEVELS[index]! / (1 + away * away);
  }, 0.02);
}

/** Loudness of the voice within a syllable. */
function envelope(at: number): number {
  return FLOOR + (1 - FLOOR) * Math.sin(Math.PI * at) ** 2;
}
