import type { Page } from 'puppeteer-core';
import { callProbe } from '../lib/callProbe.ts';
import type { Size } from '../options.ts';
import type { TastingMethods } from '../probes/tastingProbe.ts';
import type { WeakContender } from './weakCalls.ts';
import { GROWTH_TIMEOUT_MS, type ResumeSample } from './weakMetrics.ts';

/** A tile beside others, for which the smallest picture does. */
const SMALL: Size = { width: 160, height: 90 };
/** Longer than it takes until a size that nobody sees any more is not sent any more. */
const REST_MS = 4_000;

/** A watcher's element that grows again and again in a clean network, and each time when the larger picture is there. */
export async function measureResumes(
  contender: WeakContender,
  options: { count: number; source: Size; signal: AbortSignal; measured: (sample: ResumeSample) => void },
): Promise<void> {
  const { count, source, signal, measured } = options;
  const call = await contender.open('down', 'resume');
  try {
    for (let index = 0; index < count && !signal.aborted; index++) {
      measured(await growOnce(call.watcher, index, source));
    }
  } finally {
    await call.close();
  }
}

async function growOnce(watcher: Page, index: number, source: Size): Promise<ResumeSample> {
  try {
    const seen = await callProbe<TastingMethods, 'growTasting'>(watcher, 'growTasting', {
      ...{ small: SMALL, large: source, restMs: REST_MS, timeoutMs: GROWTH_TIMEOUT_MS },
    });
    return { part: 'resume', index, failed: null, ...seen };
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    return { part: 'resume', index, failed, fromWidth: 0, toWidth: 0, afterMs: null };
  }
}
