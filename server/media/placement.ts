/** What is known of a worker or router when a place is chosen. Load is counted in producers plus consumers. */
export interface Place {
  load: number;
}

/** The place with the least load; the first of equals. Undefined where there is none. */
export function leastLoaded<T extends Place>(places: Iterable<T>): T | undefined {
  let best: T | undefined;
  for (const place of places) if (!best || place.load < best.load) best = place;
  return best;
}

export type RouterChoice<R, W> = { use: R } | { createOn: W } | undefined;

/**
 * Where a room's next participant goes. A room stays on one router while that has space, since a pipe to a second one
 * costs a copy of each producer; then it opens a router on the least loaded worker that it does not use yet; with a
 * router on each worker, the least loaded of these is used however full it is.
 */
export function chooseRouter<R extends Place, W extends Place>(state: {
  routers: readonly R[];
  unusedWorkers: readonly W[];
  routerCapacity: number;
}): RouterChoice<R, W> {
  const router = leastLoaded(state.routers);
  if (router && router.load < state.routerCapacity) return { use: router };
  const worker = leastLoaded(state.unusedWorkers);
  if (worker) return { createOn: worker };
  return router && { use: router };
}
