const BAR_WIDTH = 24;
/** Where nobody watches, a line now and then is enough. */
const PLAIN_INTERVAL_MS = 15_000;

/** Shows how far a run is: one line that changes on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #title: string;
  #total = 0;
  #done = 0;
  #startedAtMs = performance.now();
  #saidAtMs = -Infinity;

  constructor(title: string, stream: NodeJS.WriteStream = process.stderr) {
    this.#title = title;
    this.#stream = stream;
  }

  begin(total: number): void {
    this.#total = total;
    this.#done = 0;
    this.#startedAtMs = performance.now();
    this.#show('');
  }

  step(note: string): void {
    this.#done++;
    this.#show(note);
  }

  /** Something that is worth a line of its own. */
  say(line: string): void {
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[K');
    this.#stream.write(`${line}\n`);
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[K');
  }

  #show(note: string): void {
    const elapsedMs = performance.now() - this.#startedAtMs;
    const share = this.#total === 0 ? 0 : Math.min(1, this.#done / this.#total);
    const left = share > 0 ? `${clock((elapsedMs / share) * (1 - share))} left` : '';
    if (this.#stream.isTTY) {
      const filled = Math.round(share * BAR_WIDTH);
      const bar = '━'.repeat(filled).padEnd(BAR_WIDTH, '╌');
      this.#stream.write(`\r\x1b[K${this.#title} ${bar} ${this.#done}/${this.#total} ${left}  ${note}`);
    } else if (performance.now() - this.#saidAtMs > PLAIN_INTERVAL_MS || this.#done === this.#total) {
      this.#saidAtMs = performance.now();
      this.#stream.write(`${this.#title} ${this.#done}/${this.#total} ${left}  ${note}\n`);
    }
  }
}

/** Minutes and seconds. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
