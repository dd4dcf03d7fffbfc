/** What the statistics of a transport say of its path. */
export interface PathReading {
  /** Bytes of media and reports that came. It may also fall, when the browser forgets an old path. */
  receivedBytes: number;
  /** Answers of ICE that came. */
  answers: number;
  /** Of the path in use; undefined before the first measurement. */
  rttMs?: number;
}

/** Reads the candidate pairs (W3C webrtc-stats, RTCIceCandidatePairStats). */
export function readPath(report: RTCStatsReport): PathReading {
  let [receivedBytes, answers] = [0, 0];
  let rttMs: number | undefined;
  report.forEach((entry: RTCStats) => {
    if (entry.type !== 'candidate-pair') return;
    const pair = entry as RTCIceCandidatePairStats;
    receivedBytes += pair.bytesReceived ?? 0;
    answers += pair.responsesReceived ?? 0;
    if (pair.nominated && pair.currentRoundTripTime !== undefined) rttMs = pair.currentRoundTripTime * 1_000;
  });
  return { receivedBytes, answers, rttMs };
}
