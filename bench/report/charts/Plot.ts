import { escape } from '../escape.ts';
import { formatNumber } from '../formatNumber.ts';
import { linearAxis, type Axis } from './Axis.ts';

/** Of all charts; they scale with the page. */
const WIDTH = 420;
const HEIGHT = 250;
const MARGIN = { left: 40, right: 12, top: 26, bottom: 36 };

export interface PlotOptions {
  /** All values that have to find a place. */
  xs: readonly number[];
  ys: readonly number[];
  xLabel: string;
  yLabel: string;
  /** Whether the horizontal axis begins at 0. */
  xZero?: boolean;
  formatX?: (value: number) => string;
  formatY?: (value: number) => string;
  /** What it shows, for those who do not see it. */
  title: string;
}

/** The frame of a chart: axes, grid, and places for what is drawn into it. */
export class Plot {
  readonly x: Axis;
  readonly y: Axis;
  readonly #options: PlotOptions;
  readonly #shapes: string[] = [];

  constructor(options: PlotOptions) {
    this.#options = options;
    this.x = linearAxis(options.xs, { from: MARGIN.left, to: WIDTH - MARGIN.right, zero: options.xZero ?? false });
    this.y = linearAxis(options.ys, { from: HEIGHT - MARGIN.bottom, to: MARGIN.top, zero: true });
  }

  /** A line through points, in the colour of its series. */
  line(points: readonly (readonly [x: number, y: number])[], series: number, kind = ''): this {
    const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${this.#at(x, y)}`).join('');
    return this.#add(`<path class="line s${series} ${kind}" d="${path}"/>`);
  }

  dots(points: readonly (readonly [x: number, y: number])[], series: number, radius = 2.2): this {
    const circles = points.map(([x, y]) => {
      const [cx, cy] = this.#at(x, y).split(' ');
      return `<circle cx="${cx}" cy="${cy}" r="${radius}"/>`;
    });
    return this.#add(`<g class="dots s${series}">${circles.join('')}</g>`);
  }

  bar(x0: number, x1: number, height: number, series: number): this {
    const [left, right] = [this.x.place(x0), this.x.place(x1)];
    const [top, bottom] = [this.y.place(height), this.y.place(0)];
    const width = Math.max(0.5, right - left - 0.6);
    return this.#add(
      `<rect class="bar s${series}" x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${width.toFixed(1)}" height="${(bottom - top).toFixed(1)}"/>`,
    );
  }

  /** A limit that must not be passed. */
  limitX(value: number, label: string): this {
    const x = this.x.place(value).toFixed(1);
    return this.#add(
      `<path class="limit" d="M${x} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}"/><text class="limit" x="${x}" y="${MARGIN.top - 4}" text-anchor="middle">${escape(label)}</text>`,
    );
  }

  limitY(value: number, label: string): this {
    const y = this.y.place(value).toFixed(1);
    return this.#add(
      `<path class="limit" d="M${MARGIN.left} ${y}H${WIDTH - MARGIN.right}"/><text class="limit" x="${WIDTH - MARGIN.right}" y="${y}" dy="-3" text-anchor="end">${escape(label)}</text>`,
    );
  }

  toString(): string {
    const { title, xLabel, yLabel, formatX = formatNumber, formatY = formatNumber } = this.#options;
    const bottom = HEIGHT - MARGIN.bottom;
    const grid = this.y.ticks.map((tick) => {
      const y = this.y.place(tick).toFixed(1);
      return `<path class="grid" d="M${MARGIN.left} ${y}H${WIDTH - MARGIN.right}"/><text x="${MARGIN.left - 5}" y="${y}" dy="3.5" text-anchor="end">${escape(formatY(tick))}</text>`;
    });
    const marks = this.x.ticks.map((tick) => {
      const x = this.x.place(tick).toFixed(1);
      return `<path class="axis" d="M${x} ${bottom}v4"/><text x="${x}" y="${bottom + 15}" text-anchor="middle">${escape(formatX(tick))}</text>`;
    });
    const labels = `<text class="label" x="${WIDTH - MARGIN.right}" y="${HEIGHT - 4}" text-anchor="end">${escape(xLabel)}</text><text class="label" x="0" y="10">${escape(yLabel)}</text>`;
    return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">${grid.join('')}${marks.join('')}<path class="axis" d="M${MARGIN.left} ${bottom}H${WIDTH - MARGIN.right}"/>${this.#shapes.join('')}${labels}</svg>`;
  }

  #add(shape: string): this {
    this.#shapes.push(shape);
    return this;
  }

  #at(x: number, y: number): string {
    return `${this.x.place(x).toFixed(1)} ${this.y.place(y).toFixed(1)}`;
  }
}
