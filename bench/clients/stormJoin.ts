import { within } from '../lib/within.ts';
import type { LightClientOptions } from './LightPublisher.ts';
import { LightReceiver } from './LightReceiver.ts';

export interface StormRequest extends Omit<LightClientOptions, 'token'> {
  joins: {
    token: string;
    /** When to begin, in milliseconds since 1970. */
    atMs: number;
  }[];
  /** How long each stays after its first picture. */
  stayMs: number;
}

/** One join as it was measured; times count from when it was to begin, so that a late beginning hides nothing. */
export type StormJoin = {
  failed: string | null;
  /** How late it began: where that grows, the clients' processes were the limit, not the server. */
  lateMs: number;
  /** Everything the server had to say. */
  answerMs: number | null;
  /** The first key frame is complete. */
  firstFrameMs: number | null;
};

type Options = Omit<StormRequest, 'joins'> & StormRequest['joins'][number];

/** One join of a storm, which settles in time whatever the server does. */
export async function stormJoin({ atMs, stayMs, timeoutMs, ...options }: Options): Promise<StormJoin> {
  await sleep(atMs - epochMs());
  const sinceMs = () => epochMs() - atMs;
  const leftMs = () => timeoutMs - sinceMs();
  const join: StormJoin = { failed: null, lateMs: sinceMs(), answerMs: null, firstFrameMs: null };
  const keyFrame = Promise.withResolvers<void>();
  let receiver: LightReceiver | undefined;
  try {
    receiver = await LightReceiver.open(
      { ...options, timeoutMs: leftMs() },
      {
        keyFrame: () => {
          join.firstFrameMs = sinceMs();
          keyFrame.resolve();
        },
      },
    );
    join.answerMs = sinceMs();
    await within(leftMs(), 'a key frame', keyFrame.promise);
    await sleep(stayMs);
  } catch (error) {
    join.failed = error instanceof Error ? error.message : String(error);
  } finally {
    await receiver?.close();
  }
  return join;
}

function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
