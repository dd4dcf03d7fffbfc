import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Guide } from '../../../protocol/guide.ts';
import type { RequestData } from '../../../protocol/signaling.ts';
import { elapsedOf, noStep, type StepState } from '../records/stepPart.ts';

/** An infusion of a tea of the guide, with its timer standing at 0 where the guide says how long it is. @throws teaNotFound */
export function stepTo(guide: Guide | null, { teaId, infusion }: RequestData<'setStep'>): StepState {
  if (teaId === null) return noStep;
  const tea = guide?.teas.find((one) => one.teaId === teaId);
  if (!tea) throw new ChaxiError('teaNotFound', { path: 'teaId' });
  const seconds = tea.infusionSeconds[infusion];
  const timer = seconds === undefined ? null : { runningSince: null, elapsedMs: 0, durationMs: seconds * 1_000 };
  return { teaId, infusion, timer };
}

/**
 * The step with its timer started, held or reset; itself where that changes nothing.
 * @param nodeMs now, by the clock of the node
 * @throws teaNotFound where no tea is on the table, badRequest where nobody has said how long the infusion is
 */
export function withTimer(
  step: StepState,
  { action, durationMs = step.timer?.durationMs }: RequestData<'setTimer'>,
  nodeMs: number,
): StepState {
  if (step.teaId === null) {
    const message = 'No tea is on the table. Go to one before you start its timer.';
    throw new ChaxiError('teaNotFound', { message });
  }
  if (durationMs === undefined) {
    const message = 'durationMs: the guide does not say how long this infusion is, so the timer has to be told';
    throw new ChaxiError('badRequest', { path: 'durationMs', message });
  }
  const { timer } = step;
  const isRunning = timer !== null && timer.runningSince !== null;
  if (timer && timer.durationMs === durationMs && action !== 'reset' && isRunning === (action === 'start')) return step;
  // Measured from now, whatever it was before: two who start it at once do not start it anew.
  const elapsedMs = timer === null || action === 'reset' ? 0 : elapsedOf(timer, nodeMs);
  return { ...step, timer: { runningSince: action === 'start' ? nodeMs : null, elapsedMs, durationMs } };
}

/** A tea that was taken out of the guide is not on the table any more. @returns the step itself where it stays */
export function withoutGoneTea(step: StepState, guide: Guide | null): StepState {
  const isThere = step.teaId === null || guide?.teas.some(({ teaId }) => teaId === step.teaId) === true;
  return isThere ? step : noStep;
}
