import type { NetworkReport } from '../../../protocol/networkReport.ts';

/** Loss on the way of one client, 0 to 1, as its worker counts it; undefined where it can not tell. */
export interface CountsLoss {
  packetLoss(): Promise<{ up: number | undefined; down: number | undefined }>;
}

/** Less than this changes no quality, so nobody is asked. */
const ASK_FROM_RATIO = 0.01;

/**
 * A client only suspects its loss. A packet that is lost on the publisher's way leaves a gap for everyone who watches; mediasoup
 * tells the publisher of an audio with in-band FEC the loss of the worst listener, so that it sends more of it (worker,
 * RtpStreamRecv); and browser and worker count a packet that came at the second attempt as never lost. What decides is what the
 * worker counts on this one way. It is asked only where a client suspects something; what it can not confirm is left out.
 */
export async function confirmLoss(report: NetworkReport, media: CountsLoss): Promise<NetworkReport> {
  const suspected = Math.max(report.up?.lossRatio ?? 0, report.down?.lossRatio ?? 0);
  if (suspected < ASK_FROM_RATIO) return report;
  const counted = await media.packetLoss();
  return { up: withLoss(report.up, counted.up), down: withLoss(report.down, counted.down) };
}

function withLoss<T extends { lossRatio?: number }>(link: T | null, counted: number | undefined): T | null {
  if (!link || (link.lossRatio ?? 0) < ASK_FROM_RATIO) return link;
  return { ...link, lossRatio: counted };
}
