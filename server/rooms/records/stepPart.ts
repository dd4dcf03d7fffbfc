import { z } from 'zod';
import { stepSchema, stepTimerSchema, type StepTimer, type TastingStep } from '../../../protocol/guide.ts';
import { nodeTimeMs } from '../../base/nodeClock.ts';
import type { RecordPart } from './RecordPart.ts';

/** Where a tasting stands, by the clock of this node. */
export type StepState = Omit<TastingStep, 'revision'>;

/** Before the first tea and after the last one. */
export const noStep: StepState = Object.freeze({ teaId: null, infusion: 0, timer: null });

export interface StepClocks {
  /** The clock of the node, which is its own. */
  nodeMs: () => number;
  /** Milliseconds since 1970; about the same everywhere, and it may jump. */
  wallMs: () => number;
}

const { elapsedMs, durationMs } = stepTimerSchema.shape;
const { teaId, infusion } = stepSchema.shape;
/** What had passed when it was told, since the clock of one node says nothing to another. */
const toldSchema = z.object({
  teaId,
  infusion,
  timer: z.object({ isRunning: z.boolean(), elapsedMs, durationMs }).nullable(),
});
/** Only the clock on the wall outlives the process. */
const storedSchema = toldSchema.extend({ writtenAt: z.int() });

/** Milliseconds of the infusion that have passed. */
export function elapsedOf({ runningSince, elapsedMs: before }: StepTimer, nodeMs: number): number {
  return runningSince === null ? before : before + Math.max(0, nodeMs - runningSince);
}

/** The tea and the infusion on the table, and its timer, which runs on while it is told, and while no process has the room. */
export function stepPart(
  { nodeMs, wallMs }: StepClocks = { nodeMs: nodeTimeMs, wallMs: Date.now },
): RecordPart<StepState> {
  const tell = ({ timer, ...step }: StepState): z.infer<typeof toldSchema> => ({
    ...step,
    timer: timer && {
      isRunning: timer.runningSince !== null,
      elapsedMs: elapsedOf(timer, nodeMs()),
      durationMs: timer.durationMs,
    },
  });
  const hear = ({ timer, ...step }: z.infer<typeof toldSchema>, sinceMs: number): StepState => ({
    ...step,
    timer: timer && {
      runningSince: timer.isRunning ? nodeMs() : null,
      elapsedMs: timer.elapsedMs + (timer.isRunning ? sinceMs : 0),
      durationMs: timer.durationMs,
    },
  });
  return {
    initial: noStep,
    toTold: tell,
    fromTold: (told) => hear(toldSchema.parse(told), 0),
    toStored: (step) => ({ ...tell(step), writtenAt: wallMs() }),
    fromStored: (stored) => {
      const { writtenAt, ...step } = storedSchema.parse(stored);
      return hear(step, Math.max(0, wallMs() - writtenAt));
    },
  };
}
