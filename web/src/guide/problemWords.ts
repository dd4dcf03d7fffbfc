import type { GuideMessages } from '../i18n/guideMessages.ts';
import { markSeconds } from './infusionTime.ts';
import type { Problem } from './teaDraft.ts';

/** What to mend in a field, for who typed it. */
export function problemWords(problem: Problem, { editor: { problems } }: GuideMessages): string {
  switch (problem.kind) {
    case 'missing':
      return problems.missing;
    case 'number':
      return problems.number(problem.least, problem.most);
    case 'time':
      return problems.time(markSeconds(problem.most));
    case 'tooMany':
      return problems.tooMany(problem.most);
    case 'tooLong':
      return problems.tooLong(problem.most);
    case 'tooMuch':
      return problems.tooMuch;
  }
}
