/** One fault of the configuration, as the operator reads it. */
export interface ConfigProblem {
  /** Where it stands: the key's path with its environment name, or the file or variable. */
  where: string;
  /** What was given, what would be right. Never a secret. */
  what: string;
}

/** The configuration can not be used. The message lists every problem, so that one look mends them all. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ where, what }) => `  ${where}: ${what}`);
    super(['The configuration can not be used:', ...lines].join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
