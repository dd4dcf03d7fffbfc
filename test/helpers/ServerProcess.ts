import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createAccessToken, type AccessTokenOptions } from '../../server/auth/accessToken.ts';
import { API_KEY, API_SECRET } from './testServer.ts';
import { waitFor } from './waitFor.ts';

const mainFile = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** `node server/main.ts` as a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  #output = '';

  /** @param env `CHAXI_` variables beside or instead of the usual ones; the rest of this process's are inherited. */
  constructor(env: NodeJS.ProcessEnv = {}, args: readonly string[] = []) {
    this.#child = spawn(process.execPath, [mainFile, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        CHAXI_HTTP_PORT: '0',
        CHAXI_AUTH_API_KEYS: `${API_KEY}:${API_SECRET}`,
        CHAXI_MEDIA_WORKERS: '1',
        CHAXI_MEDIA_BASE_PORT: '0',
        CHAXI_MEDIA_LISTEN_IPS: '127.0.0.1',
        CHAXI_LOG_FORMAT: 'json',
        ...env,
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    this.#ended = once(this.#child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      output: this.#output,
    }));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Everything it has written. */
  get output(): string {
    return this.#output;
  }

  /** Its address, once it listens. */
  url(): Promise<string> {
    return waitFor('the server to listen', () => {
      if (this.#child.exitCode !== null) throw new Error(`The server ended: ${this.#output}`);
      return /"url":"([^"]+)"/.exec(this.#output)?.[1];
    });
  }

  token(options: Partial<AccessTokenOptions> = {}): Promise<string> {
    const defaults = { room: 'tea', identity: 'someone', role: 'guest' } as const;
    return createAccessToken({ apiKey: API_KEY, apiSecret: API_SECRET, ...defaults, ...options });
  }

  /** Processes that it has started and that still run. */
  async children(): Promise<number[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const parents = await Promise.all(pids.map(parentOf));
    return pids.filter((_, index) => parents[index] === this.pid);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  ended(): Promise<Ended> {
    return this.#ended;
  }
}

/** proc(5): the second field after the name in parentheses. */
async function parentOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ppid === undefined ? undefined : Number(ppid);
}
