import type { ColorCorrection } from '../../client-sdk/src/color/ColorCorrection.ts';
import type { VideoCodecName } from '../../protocol/mediaCodecs.ts';
import { callProbe } from '../lib/callProbe.ts';
import type { CorrectionDelayMethods } from '../probes/correctionDelayProbe.ts';
import type { DelaySample } from './colourMetrics.ts';
import type { ColourStage } from './colourPages.ts';
import { PICTURE } from './colourScenes.ts';
import { serverOf } from './latency.ts';
import { FRAME_RATE } from './pages.ts';

/** About what a camera needs that is locked to daylight and sees lamps. */
const CORRECTION: ColorCorrection = {
  gains: [0.9, 1.05, 1.7],
  matrix: [1.1, -0.1, 0, -0.05, 1.1, -0.05, 0, -0.15, 1.15],
};

export interface DelayPlan {
  codec: VideoCodecName;
  rounds: number;
  windowMs: number;
  settleMs: number;
  /** Called after each window. */
  onSample: (sample: DelaySample) => void;
  signal: AbortSignal;
}

/** Windows with the correction and without it in turns, of one publication: what the correction adds to the way of a frame. */
export async function measureDelay(
  { browser, pageUrl, target }: ColourStage,
  { codec, rounds, windowMs, settleMs, onSample, signal }: DelayPlan,
): Promise<void> {
  const through = await serverOf(target, 'colour-delay');
  const page = await browser.open(pageUrl);
  try {
    const source = { ...PICTURE, frameRate: FRAME_RATE };
    await callProbe<CorrectionDelayMethods, 'beginDelay'>(page, 'beginDelay', { ...through, codec, source });
    for (let round = 0; round < rounds; round++) {
      for (const corrected of round % 2 === 0 ? [false, true] : [true, false]) {
        if (signal.aborted) return;
        const seen = await callProbe<CorrectionDelayMethods, 'measureDelay'>(page, 'measureDelay', {
          correction: corrected ? CORRECTION : null,
          ...{ settleMs, durationMs: windowMs },
        });
        const decodedMs = seen.decodedMs.map((value) => Math.round(value * 10) / 10);
        onSample({ part: 'delay', round, corrected, failed: null, decodedMs, framesMade: seen.framesMade });
      }
    }
    await callProbe<CorrectionDelayMethods, 'endDelay'>(page, 'endDelay', undefined as never);
  } finally {
    await page.close();
  }
}
