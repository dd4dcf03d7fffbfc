import type { Page } from 'puppeteer-core';
import type { ArgumentOf, RemoteMethods, ResultOf } from './remoteMethods.ts';

/** Calls a function that the page offers by `expose`, and waits for what it answers. */
export async function callProbe<M extends RemoteMethods, N extends keyof M & string>(
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
