/**
 * The step list. On a terminal the step at work is one live line; elsewhere (CI, a log) it becomes a line every
 * tenth of the way or every 15 seconds.
 */

const LIVE_EVERY_MS = 120;
const LOG_LOOK_EVERY_MS = 1_000;
const LOG_EVERY_MS = 15_000;
const LOG_EVERY_FRACTION = 0.1;
const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

/**
 * @param {number} ms
 * @returns {string} like `0.4 s`, `12 s`, `3 min 05 s`
 */
export function formatElapsed(ms) {
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * Whether a log that is no terminal should get another line.
 *
 * @param {{ atMs: number, fraction: number }} last the line before
 * @param {{ atMs: number, fraction: number }} now
 * @returns {boolean}
 */
export function isWorthALine(last, now) {
  return now.fraction - last.fraction >= LOG_EVERY_FRACTION || now.atMs - last.atMs >= LOG_EVERY_MS;
}

/**
 * @param {string} line what ninja prints for each command
 * @returns {{ done: number, total: number } | null}
 */
export function parseNinjaLine(line) {
  const match = /^\[(\d+)\/(\d+)\]/.exec(line);
  return match ? { done: Number(match[1]), total: Number(match[2]) } : null;
}

/** What a step tells about itself while it works. */
export class StepProgress {
  /**
   * @param {string} title
   * @param {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} stream
   */
  constructor(title, stream) {
    this.title = title;
    this.#stream = stream;
    this.#startedAt = Date.now();
    this.#timer = stream.isTTY
      ? setInterval(() => this.draw(), LIVE_EVERY_MS)
      : setInterval(() => this.#log(), LOG_LOOK_EVERY_MS);
    this.#timer.unref();
  }

  #stream;
  #startedAt;
  // A step that is over at once gets no line before its last.
  #lastLine = { atMs: -Infinity, fraction: 0 };
  #timer;
  #frame = 0;
  #text = '';
  #fraction = 0;

  /**
   * @param {string} text what it does now, like `compiling 28/279`
   * @param {number} [fraction] how far it is with that, 0 to 1, when that is known
   */
  update(text, fraction = 0) {
    // A new part starts at zero again; its lines are counted from there.
    if (fraction < this.#lastLine.fraction) this.#lastLine.fraction = fraction;
    this.#text = text;
    this.#fraction = fraction;
  }

  /**
   * @param {'✓' | '✗'} mark
   * @param {string} [note]
   */
  end(mark, note = '') {
    clearInterval(this.#timer);
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[K');
    this.#stream.write(stepLine(mark, this.title, [note, this.#elapsed()].filter(Boolean).join(', ')));
  }

  #elapsed() {
    return formatElapsed(Date.now() - this.#startedAt);
  }

  #describe() {
    const percent = this.#fraction > 0 ? `${Math.floor(this.#fraction * 100)} %` : '';
    return [this.#text, percent, this.#elapsed()].filter(Boolean).join(', ');
  }

  /** Draws the live line of a terminal. */
  draw() {
    const mark = SPINNER[this.#frame++ % SPINNER.length];
    const line = stepLine(mark, this.title, this.#describe()).trimEnd();
    // A line that wraps could not be drawn over.
    this.#stream.write(`\r\x1b[K${line.slice(0, (this.#stream.columns ?? 80) - 1)}`);
  }

  #log() {
    const now = { atMs: Date.now(), fraction: this.#fraction };
    if (!isWorthALine(this.#lastLine, now)) return;
    this.#lastLine = now;
    this.#stream.write(stepLine('…', this.title, this.#describe()));
  }
}

/**
 * @param {string} mark
 * @param {string} title
 * @param {string} note
 * @returns {string}
 */
export function stepLine(mark, title, note) {
  return `  ${mark} ${title.padEnd(20)} ${note}`.trimEnd() + '\n';
}
