import { z } from 'zod';

const ratio = z.number().min(0).max(1);
const durationMs = z.number().min(0).max(60_000);
const bitrateBps = z.number().min(0).max(10_000_000_000);

/** Of what the page sends, over the last interval. What a browser does not tell is left out. */
export const uplinkReportSchema = z.object({
  /** Packets that did not reach the server, or had to be sent again. Left out where there were too few to say. */
  lossRatio: ratio.optional(),
  /** To the server and back. */
  roundTripTimeMs: durationMs.optional(),
  /** As the server measures it (RFC 3550 section 6.4.1). */
  jitterMs: durationMs.optional(),
  /** Share of the time in which the encoder was held back by the bandwidth, not by what it was asked for. */
  bandwidthLimitedRatio: ratio.optional(),
  /** The same by the processor. */
  cpuLimitedRatio: ratio.optional(),
  /** Highest bitrate of all encodings that are to be sent. */
  wantedBps: bitrateBps.optional(),
  /** What the browser believes the link can carry. */
  availableBps: bitrateBps.optional(),
  /** Nothing has come back for some seconds. */
  blocked: z.boolean(),
});
export type UplinkReport = z.infer<typeof uplinkReportSchema>;

/** Of what the page receives, over the last interval. */
export const downlinkReportSchema = z.object({
  /**
   * Packets that did not arrive, or had to be sent again, be it for the own link or the publisher's. Left out where there were
   * too few to say.
   */
  lossRatio: ratio.optional(),
  /** To the server and back. */
  roundTripTimeMs: durationMs.optional(),
  /** Share of the time in which the worst video stood still. */
  freezeRatio: ratio.optional(),
  /** Share of the sound that had to be made up, in the worst audio. */
  concealedRatio: ratio.optional(),
  /** Frames that came and were too late to be shown. */
  droppedFrameRatio: ratio.optional(),
  /** Nothing has come for some seconds. */
  blocked: z.boolean(),
});
export type DownlinkReport = z.infer<typeof downlinkReportSchema>;

export const networkReportSchema = z.object({
  /** Null while nothing is sent. */
  up: uplinkReportSchema.nullable(),
  /** Null while nothing is received. */
  down: downlinkReportSchema.nullable(),
});
export type NetworkReport = z.infer<typeof networkReportSchema>;
