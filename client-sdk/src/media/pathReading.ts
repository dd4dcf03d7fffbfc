import { selectedPair } from '../stats/selectedPair.ts';
import { entriesOf, millisecondsOf, numberOf, StatsReader } from '../stats/statsReader.ts';

/** What the statistics of a transport say of its path. */
export interface PathReading {
  /** Bytes of media and reports that came. It also falls, when the browser forgets an old path. */
  receivedBytes: number;
  /** Answers of ICE that came; undefined where the browser does not count them (Firefox). */
  answers?: number;
  /** Of the path in use; undefined before the first measurement. */
  rttMs?: number;
}

/** Reads the candidate pairs (W3C webrtc-stats, RTCIceCandidatePairStats). */
export function readPath(report: RTCStatsReport): PathReading {
  const reader = new StatsReader(entriesOf(report));
  const pairs = reader.all('candidate-pair');
  const counts = (field: string) => pairs.map((pair) => numberOf(pair, field)).filter((count) => count !== undefined);
  const answers = counts('responsesReceived');
  return {
    receivedBytes: sum(counts('bytesReceived')),
    answers: answers.length > 0 ? sum(answers) : undefined,
    rttMs: millisecondsOf(selectedPair(reader), 'currentRoundTripTime'),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
