import { limits, type Guide, type Tea, type TastingStep } from '../../../client-sdk/src/index.ts';

/** Where a tasting stands, and where it can go from there. */
export interface StepPlan {
  tea: Tea;
  /** Of the infusion, from 1. */
  number: number;
  /** How many infusions the guide has of this tea; 0 where it says nothing of them. */
  count: number;
  /** Index of the infusion that follows; null where no more are counted. */
  nextInfusion: number | null;
  nextTea: Tea | null;
  /** What the guide has next. */
  likely: 'infusion' | 'tea' | 'end';
}

/** Null while no tea of the guide is on the table. A leaf may be poured more often than the guide says. */
export function planSteps(guide: Guide | null, step: TastingStep | null): StepPlan | null {
  const place = guide?.teas.findIndex(({ teaId }) => teaId === step?.teaId) ?? -1;
  const tea = guide?.teas[place];
  if (!tea || !step) return null;
  const count = tea.infusionSeconds.length;
  const next = step.infusion + 1;
  const nextTea = guide.teas[place + 1] ?? null;
  const hasMore = next < count || (count === 0 && nextTea === null);
  return {
    tea,
    number: next,
    count,
    nextInfusion: next < limits.guideInfusions ? next : null,
    nextTea,
    likely: hasMore ? 'infusion' : nextTea ? 'tea' : 'end',
  };
}

export type TeaPlace = 'past' | 'present' | 'next' | 'later';

/** Where a tea of the guide stands; all are `later` before the tasting begins. */
export function placeOf(guide: Guide, step: TastingStep | null, teaId: string): TeaPlace {
  const present = guide.teas.findIndex((tea) => tea.teaId === step?.teaId);
  const place = guide.teas.findIndex((tea) => tea.teaId === teaId);
  if (present === -1) return 'later';
  if (place === present) return 'present';
  return place < present ? 'past' : place === present + 1 ? 'next' : 'later';
}
