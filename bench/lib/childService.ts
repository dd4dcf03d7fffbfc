import { fork, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { INTERRUPTIONS } from './interruption.ts';
import { endWithUs } from './leftovers.ts';
import type { ArgumentOf, RemoteMethods, ResultOf } from './remoteMethods.ts';

interface Call {
  id: number;
  method: string;
  argument: unknown;
}

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

/** A process of its own with a service in it, so that its work does not disturb the one that measures. */
export class ChildService<M extends RemoteMethods> {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  readonly #exited: Promise<void>;
  #nextId = 1;
  #closed = false;

  /** Starts the module, which has to call `serve`. `niceness` below 0 goes before others, where the user may do that. */
  constructor(module: URL, { niceness = 0 }: { niceness?: number } = {}) {
    this.#child = fork(fileURLToPath(module), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    endWithUs(this.#child);
    if (niceness !== 0 && this.#child.pid !== undefined) renice(this.#child.pid, niceness);
    this.#child.on('message', (message) => this.#handle(message as Answer));
    this.#exited = new Promise((resolve) => {
      const end = (reason: string) => {
        for (const { reject } of this.#pending.values()) reject(new Error(`${module.pathname} ${reason}`));
        this.#pending.clear();
        this.#closed = true;
        resolve();
      };
      this.#child.once('exit', (code, signal) => end(`ended (${signal ?? code})`));
      this.#child.on('error', (error) => end(error.message));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  call<N extends keyof M & string>(method: N, argument: ArgumentOf<M[N]>): Promise<ResultOf<M[N]>> {
    if (this.#closed) return Promise.reject(new Error('The process has ended.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: (result) => resolve(result as ResultOf<M[N]>), reject });
      this.#child.send({ id, method, argument } satisfies Call);
    });
  }

  /** Ends the process. */
  async close(): Promise<void> {
    if (!this.#closed) this.#child.disconnect();
    this.#closed = true;
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 3_000);
    await this.#exited;
    clearTimeout(timer);
  }

  #handle({ id, result, error }: Answer): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(new Error(error));
  }
}

function renice(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // Only root may go before others.
  }
}

/** The other end: answers calls until the parent is gone, then ends the process. */
export function serve<M extends RemoteMethods>(methods: M): void {
  process.on('message', (message) => {
    const { id, method, argument } = message as Call;
    const answer = async () => (methods[method] as (argument: unknown) => unknown)(argument);
    answer().then(
      (result) => process.send?.({ id, result } satisfies Answer),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  // The terminal sends them to the whole group; the parent decides when this one ends.
  for (const name of INTERRUPTIONS) process.on(name, () => undefined);
}
