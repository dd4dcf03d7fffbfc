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
  timeoutMs: number;
}

export interface StormJoin {
  failed: string | null;
  /** How late it began: a client process that is too busy tells nothing about the server. */
  lateMs: number;
  /** Everything the server had to say. */
  answerMs: number | null;
  /** The first key frame is complete. */
  firstFrameMs: number | null;
}

type Options = Omit<StormRequest, 'joins'> & StormRequest['joins'][number];

/** One join of a storm. */
export async function stormJoin({ atMs, stayMs, timeoutMs, ...options }: Options): Promise<StormJoin> {
  await sleep(atMs - epochMs());
  const startedAtMs = performance.now();
  const sinceMs = () => performance.now() - startedAtMs;
  const join: StormJoin = { failed: null, lateMs: epochMs() - atMs, answerMs: null, firstFrameMs: null };
  const keyFrame = Promise.withResolvers<void>();
  // It may fail before anyone waits for it.
  keyFrame.promise.catch(() => undefined);
  let receiver: LightReceiver | undefined;
  const timer = setTimeout(() => keyFrame.reject(new Error('There was no key frame.')), timeoutMs);
  try {
    receiver = await LightReceiver.open(options, {
      keyFrame: () => {
        join.firstFrameMs = sinceMs();
        keyFrame.resolve();
      },
    });
    join.answerMs = sinceMs();
    await keyFrame.promise;
    await sleep(stayMs);
  } catch (error) {
    join.failed = error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
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
