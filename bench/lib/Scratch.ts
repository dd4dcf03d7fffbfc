import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeWithUs } from './leftovers.ts';
import { within } from './within.ts';

/** What hangs longer is ended with the process. */
const CLOSE_TIMEOUT_MS = 15_000;

/** What has to be closed at the end of a run, last opened first, and a folder that goes with it. */
export class Scratch {
  readonly dir: string;
  readonly #closers: (() => unknown)[] = [];
  readonly #handleRemoved: () => void;
  #closed = false;

  static async create(): Promise<Scratch> {
    return new Scratch(await mkdtemp(join(tmpdir(), 'chaxi-bench-')));
  }

  private constructor(dir: string) {
    this.dir = dir;
    this.#handleRemoved = removeWithUs(dir);
  }

  /** Closes `resource` at the end. */
  use<T extends { close(): unknown }>(resource: T): T {
    this.#closers.push(() => resource.close());
    return resource;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const closer of this.#closers.reverse()) {
      await quietly(() => within(CLOSE_TIMEOUT_MS, 'the end', Promise.resolve(closer())));
    }
    await quietly(async () => {
      await rm(this.dir, { recursive: true, force: true, maxRetries: 3 });
      this.#handleRemoved();
    });
  }
}

/** What does not close must not cost the result of the run; the end of the process ends it. */
async function quietly(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch {
    // See above.
  }
}
