import type { StatsEntry, StatsReader } from './statsReader.ts';

/** The pair of addresses that a transport uses. */
export function selectedPair(reader: StatsReader): StatsEntry | undefined {
  const [transport] = reader.all('transport');
  const pairs = reader.all('candidate-pair');
  // Firefox has no transport object, and marks the pair itself.
  return reader.byId(transport?.['selectedCandidatePairId']) ?? pairs.find((entry) => entry['selected'] === true);
}
