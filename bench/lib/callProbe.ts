import type { Page } from 'puppeteer-core';
import type { ProbeMethods } from '../probes/expose.ts';

type ArgumentOf<F> = F extends (argument: infer A) => unknown ? A : never;
type ResultOf<F> = F extends (argument: never) => infer R ? Awaited<R> : never;

/** Calls a function that the page offers by `expose`, and waits for what it answers. */
export async function callProbe<M extends ProbeMethods, N extends keyof M & string>(
  page: Page,
  method: N,
  argument: ArgumentOf<M[N]>,
): Promise<ResultOf<M[N]>> {
  const result: unknown = await page.evaluate(
    (name, value) => {
      const { benchProbe } = globalThis as unknown as { benchProbe: Record<string, (argument: unknown) => unknown> };
      return benchProbe[name]!(value);
    },
    method,
    argument as unknown,
  );
  return result as ResultOf<M[N]>;
}
