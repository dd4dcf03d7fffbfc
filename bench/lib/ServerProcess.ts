import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endGroup, endWithUs } from './leftovers.ts';

const STOP_TIMEOUT_MS = 8_000;
const POLL_MS = 20;
const SAID_LINES = 20;

export interface ServerProcessOptions {
  /** What to call it where it fails. */
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Under which user and group it runs; ours by default. */
  uid?: number;
  gid?: number;
}

/** A server of our own in a process of its own, and the last lines that it said. */
export class ServerProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #said: string[] = [];
  readonly #ended: Promise<void>;
  /** How it ended; null while it runs. */
  #end: string | null = null;

  /** @throws Error where the system refuses to start it */
  constructor({ name, command, args, env = process.env, ...owner }: ServerProcessOptions) {
    this.#name = name;
    // Not the terminal's group: an interrupted run still needs its server, to end it in order.
    try {
      this.#child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env, ...owner });
    } catch (error) {
      throw new Error(`${name} does not start: ${String(error)}`, { cause: error });
    }
    endWithUs(this.#child, { group: true });
    this.#ended = new Promise((resolve) => {
      const end = (how: string) => {
        this.#end ??= how;
        resolve();
      };
      this.#child.on('error', ({ message }) => end(message));
      // Not 'exit', after which lines may still come.
      this.#child.once('close', (code, signal) => end(`it ended (${signal ?? code})`));
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#note(line));
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The last lines of its log. */
  get said(): readonly string[] {
    return this.#said;
  }

  /** Waits until it is ready. @throws Error with its last lines when it ends or takes too long, and then it is closed */
  async untilReady(isReady: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!(await isReady())) {
      const late = performance.now() > deadline ? `it was not ready after ${timeoutMs / 1_000} s` : null;
      const why = this.#end ?? late;
      if (why !== null) {
        await this.close('SIGKILL');
        throw new Error(`${this.#name} does not start: ${why}. It said:\n${this.#said.join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async close(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#end === null) this.#kill(signal);
    const timer = setTimeout(() => this.#kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #kill(signal: NodeJS.Signals): void {
    // What it started ends in order with it, or else as it does.
    if (signal === 'SIGKILL') endGroup(this.pid);
    else this.#child.kill(signal);
  }

  #note(line: string): void {
    this.#said.push(line);
    if (this.#said.length > SAID_LINES) this.#said.shift();
  }
}
