import { mediaPaths } from './mediaPaths.ts';
import { readStreamFigures, type StreamFigures } from './streamFigures.ts';
import type { SeenTasting, TastingRecorder } from './TastingRecorder.ts';
import type { TastingSource } from './TastingSource.ts';

/** What this page is: one of both. */
export interface TastingEnds {
  source?: TastingSource;
  recorder?: TastingRecorder;
}

/** What can be asked of either end of a tasting, whatever carries it. */
export function tastingReports(ends: TastingEnds) {
  return {
    seenTasting(): SeenTasting {
      if (!ends.recorder) throw new Error('This page does not watch.');
      return ends.recorder.seen;
    },
    madeMs(ids: readonly number[]): (number | null)[] {
      if (!ends.source) throw new Error('This page does not publish.');
      return ends.source.madeMs(ids);
    },
    figures(): Promise<StreamFigures> {
      return readStreamFigures();
    },
    paths(): Promise<string[]> {
      return mediaPaths();
    },
    /** As browsers do when the system has found another network. */
    tellNetworkChange(): void {
      dispatchEvent(new Event('online'));
    },
  };
}

export type TastingReports = ReturnType<typeof tastingReports>;
