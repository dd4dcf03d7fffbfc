import { selectedPair } from '../stats/selectedPair.ts';
import { entriesOf, millisecondsOf, numberOf, StatsReader } from '../stats/statsReader.ts';

/** What the statistics of a transport say of its path. */
export interface PathReading {
  /** Bytes of media and reports that came. It also falls, when the browser forgets an old path. */
  receivedBytes: number;
  /** Answers of ICE that came. */
  answers: number;
  /** Of the path in use; undefined before the first measurement. */
  rttMs?: number;
}

/** Reads the candidate pairs (W3C webrtc-stats, RTCIceCandidatePairStats). */
export function readPath(report: RTCStatsReport): PathReading {
  const reader = new StatsReader(entriesOf(report));
  const pairs = reader.all('candidate-pair');
  const sum = (field: string) => pairs.reduce((total, pair) => total + (numberOf(pair, field) ?? 0), 0);
  return {
    receivedBytes: sum('bytesReceived'),
    answers: sum('responsesReceived'),
    rttMs: millisecondsOf(selectedPair(reader), 'currentRoundTripTime'),
  };
}
