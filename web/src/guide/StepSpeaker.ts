import type { GuideMessages } from '../i18n/guideMessages.ts';
import type { TimerState } from '../../../client-sdk/src/index.ts';
import type { StepPlan } from './planSteps.ts';

/** What a page knows of the step. */
export interface StepNow {
  plan: StepPlan | null;
  timer: TimerState | null;
}

/**
 * What who hears the page is told of the tasting: each new step, and the end of its time, once. What holds already when one comes
 * in is told too.
 */
export class StepSpeaker {
  #step = '';
  #wasOver = false;

  /** The new thing to say; null where there is none. */
  hear({ plan, timer }: StepNow, words: GuideMessages): string | null {
    const step = plan ? `${plan.tea.teaId}/${plan.number}` : '';
    const isOver = timer !== null && timer.remainingMs <= 0;
    const isNewStep = step !== this.#step;
    const isNewlyOver = isOver && !this.#wasOver;
    const hadStep = this.#step !== '';
    this.#step = step;
    this.#wasOver = isOver;
    if (isNewStep && !plan) return hadStep ? words.step.finished : null;
    if (!plan) return null;
    if (isNewlyOver) return words.step.timeUp(plan.tea.name);
    return isNewStep ? sayStep(plan, timer, words) : null;
  }
}

/** Which infusion it is, as it stands on the page. */
export function infusionWords({ number, count }: StepPlan, words: GuideMessages): string {
  return number <= count ? words.infusionOf(number, count) : words.infusion(number);
}

function sayStep(plan: StepPlan, timer: TimerState | null, words: GuideMessages): string {
  const infusion = infusionWords(plan, words);
  if (!timer) return words.step.said(plan.tea.name, infusion);
  return words.step.saidTime(plan.tea.name, infusion, words.seconds(Math.round(timer.durationMs / 1_000)));
}
