import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What has to be closed at the end of a run, last opened first, and a folder that goes with it. */
export class Scratch {
  readonly dir: string;
  readonly #closers: (() => unknown)[] = [];
  #closed = false;

  static async create(): Promise<Scratch> {
    return new Scratch(await mkdtemp(join(tmpdir(), 'chaxi-bench-')));
  }

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** Closes `resource` at the end. */
  use<T extends { close(): unknown }>(resource: T): T {
    this.#closers.push(() => resource.close());
    return resource;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const closer of this.#closers.reverse()) await Promise.resolve(closer()).catch(() => undefined);
    await rm(this.dir, { recursive: true, force: true, maxRetries: 3 });
  }
}
