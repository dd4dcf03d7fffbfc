import { peerConnections } from './peerConnections.ts';

/** Addresses that the connections of this page send to at present, one a connection that has a path. */
export async function mediaPaths(): Promise<string[]> {
  const open = peerConnections.filter(({ connectionState }) => connectionState !== 'closed');
  const reports = await Promise.all(open.map((connection) => connection.getStats()));
  return reports.flatMap((report) => {
    const paths: string[] = [];
    report.forEach((stats: RTCStats) => {
      if (stats.type !== 'transport') return;
      const pair: unknown = report.get((stats as RTCTransportStats).selectedCandidatePairId ?? '');
      const remote: unknown = report.get((pair as RTCIceCandidatePairStats | undefined)?.remoteCandidateId ?? '');
      const { address } = (remote ?? {}) as { address?: string };
      if (remote) paths.push(address ?? 'an address that was not told');
    });
    return paths;
  });
}
