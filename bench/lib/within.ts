/** Settles as the promise does. @throws Error when that takes too long */
export function within<T>(timeoutMs: number, what: string, promise: Promise<T>): Promise<T> {
  const leftMs = Math.max(0, Math.round(timeoutMs));
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Waited ${leftMs} ms for ${what}.`)), leftMs);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}
