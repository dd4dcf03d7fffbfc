import type { Page } from 'puppeteer-core';

/** One stream of a video as its publisher sends it. */
export interface SentStream {
  rid: string | null;
  active: boolean;
  width: number | null;
  bytes: number;
  scalabilityMode: string | null;
}

declare global {
  interface Window {
    observedConnections: RTCPeerConnection[];
  }
}

/** To be called before the page publishes anything. */
export function observeSending(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.observedConnections = [];
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.observedConnections.push(this);
      }
    };
  });
}

/** The streams of all videos that are sent, smallest first. */
export function sentVideo(page: Page): Promise<SentStream[]> {
  return page.evaluate(async () => {
    const reports = await Promise.all(window.observedConnections.map((connection) => connection.getStats()));
    return reports
      .flatMap((report) => [...report.values()] as (RTCOutboundRtpStreamStats & { active?: boolean })[])
      .filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video')
      .map((stream) => ({
        rid: stream.rid ?? null,
        active: stream.active ?? false,
        width: stream.frameWidth ?? null,
        bytes: stream.bytesSent ?? 0,
        scalabilityMode: stream.scalabilityMode ?? null,
      }))
      .sort((a, b) => String(a.rid).localeCompare(String(b.rid)));
  });
}
