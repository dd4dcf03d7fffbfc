import { html, nothing, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { RgbBytes } from '../../../client-sdk/src/color/index.ts';
import type { Still } from '../../../client-sdk/src/index.ts';
import { averageCircle } from '../color/averageCircle.ts';
import { PicturePixels } from '../color/PicturePixels.ts';
import type { Size } from '../layout/arrange.ts';
import { pictureKeyFor } from '../layout/pictureKeys.ts';
import { placeLoupe, type PointedBy } from '../layout/placeLoupe.ts';
import {
  fit,
  fitScale,
  pan,
  pixelAt,
  reveal,
  toFrame,
  toPicture,
  zoomTo,
  type Point,
  type ZoomView,
} from '../layout/zoomView.ts';
import './ColorLoupe.ts';
import { LOUPE_SIZE } from './ColorLoupe.ts';
import { PictureGestures } from './PictureGestures.ts';
import { SessionElement } from './SessionElement.ts';
import { stillPictureLayout } from './stillPictureLayout.ts';

/** A key or a button zooms by this factor. */
const ZOOM_STEP = 1.5;
/** A double tap zooms to this many times the whole picture. */
const CLOSE_LOOK = 4;
/** Above it, in pixels of the screen for one of the picture, single pixels are shown as squares. */
const SQUARES_FROM = 3;
/** The arrow keys move the picture by this many CSS pixels, and with Shift the crosshair by this many of the picture's. */
const ARROW_STEP = 64;
const WIDE_STEP = 10;
/** What is pointed at right now, and not picked yet. */
interface Aim {
  /** Pixel of the picture. */
  point: Point;
  by: PointedBy;
}

/** What is picked: the mean of a circle, as sRGB bytes. `settled`: not merely passed over. */
export interface PickedColor {
  color: RgbBytes;
  settled: boolean;
}

/**
 * One still, to move and to zoom down to single pixels, and to pick colours from once it has come whole; until then its
 * preview stands in its place. Fires `picked` and `zoomed`.
 */
export class StillPicture extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    still: { attribute: false },
    picking: { type: Boolean, reflect: true },
    radius: { type: Number },
    label: {},
    view: { state: true },
    frame: { state: true },
    pixels: { state: true },
    pinned: { state: true },
    aim: { state: true },
    failed: { state: true },
  };
  static override styles = [...[SessionElement.styles].flat(), stillPictureLayout];

  declare still: Still;
  /** Pointing picks a colour. */
  declare picking: boolean;
  /** Of the circle whose mean is taken, in pixels of the picture. */
  declare radius: number;
  /** What the picture shows, for who hears the page. */
  declare label: string;
  /** Null: the whole picture, whatever the size of the frame. */
  declare view: ZoomView | null;
  declare frame: Size;
  declare pixels: PicturePixels | null;
  declare pinned: Point | null;
  declare aim: Aim | null;
  declare failed: boolean;
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry) this.frame = { width: entry.contentRect.width, height: entry.contentRect.height };
  });

  constructor() {
    super();
    this.picking = false;
    this.radius = 0;
    this.frame = { width: 0, height: 0 };
    this.#forget();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#forget();
  }

  async focusPicture(): Promise<void> {
    await this.updateComplete;
    this.#frameElement.focus();
  }

  /** By a button. */
  zoomIn(): void {
    this.#zoom(ZOOM_STEP);
  }

  zoomOut(): void {
    this.#zoom(1 / ZOOM_STEP);
  }

  showAll(): void {
    this.view = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.get('still') && changed.get('still')?.stillId !== this.still.stillId) this.#forget();
    if (changed.has('picking')) {
      this.aim = null;
      this.pinned = this.picking && this.pixels ? this.#pixelUnder(this.#middle) : null;
    }
  }

  protected override firstUpdated(): void {
    const frame = this.#frameElement;
    const isPicking = () => this.picking && this.pixels !== null;
    new PictureGestures(frame, {
      get pointing() {
        return isPicking();
      },
      pan: (by) => this.#pan(by),
      zoom: (factor, place) => this.#zoom(factor, place),
      hover: (place) => this.#aimAt(place, 'mouse'),
      aim: (place) => this.#aimAt(place, 'touch'),
      point: (place) => this.#pin(place),
      doubleTap: (place) => this.#doubleTap(place),
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('pinned') || changed.has('aim') || changed.has('radius')) this.#tellColor();
    if (changed.has('view') || changed.has('frame') || changed.has('pixels')) this.#tell('zoomed', this.#view.scale);
  }

  protected override render() {
    const { t } = this.session;
    return html`<div
        class="frame"
        tabindex="0"
        role="application"
        aria-label=${t.stills.picture(this.label)}
        aria-describedby="hint"
        @keydown=${this.#key}
        @blur=${() => (this.aim = null)}
      >
        ${keyed(this.still.stillId, this.#images())} ${this.#mark()} ${this.#loupe()}
      </div>
      <p id="hint" hidden>${t.stills.pictureHint}</p>
      <p class="loading small-text" role="status" ?hidden=${this.failed || this.pixels !== null}>${t.stills.loading}</p>
      ${this.failed ? html`<p class="failed" role="alert">${t.stills.failed}</p>` : nothing}`;
  }

  #images() {
    const { url, previewUrl } = this.still;
    const { scale } = this.#view;
    const corner = toFrame(this.#view, this.frame, { x: 0, y: 0 });
    const { width, height } = this.#size;
    const place = `width: ${width}px; height: ${height}px; transform: translate(${corner.x}px, ${corner.y}px) scale(${scale})`;
    // The preview stays below: a browser may take a moment to decode a large picture, also again after a while.
    const hasPreview = previewUrl !== null && previewUrl !== url && !this.failed;
    return html`${
        hasPreview
          ? html`<img
              class="preview"
              src=${previewUrl}
              alt=""
              crossorigin="anonymous"
              draggable="false"
              .style=${place}
            />`
          : nothing
      }<img
        class="picture"
        src=${url}
        alt=""
        crossorigin="anonymous"
        draggable="false"
        ?data-squares=${scale * devicePixelRatio >= SQUARES_FROM}
        .style=${place}
        @load=${this.#loaded}
        @error=${() => (this.failed = true)}
      />`;
  }

  #mark() {
    const point = this.aim?.point ?? this.pinned;
    if (!this.picking || !point) return nothing;
    const { x, y } = this.#placeOf(point);
    const size = Math.max(9, (2 * this.radius + 1) * this.#view.scale);
    return html`<span class="mark" .style=${`left: ${x}px; top: ${y}px; width: ${size}px; height: ${size}px`}></span>`;
  }

  #loupe() {
    if (!this.aim || !this.pixels) return nothing;
    const { point, by } = this.aim;
    const { x, y } = placeLoupe(this.#placeOf(point), by, LOUPE_SIZE, this.frame);
    return html`<cx-loupe
      .pixels=${this.pixels}
      .point=${point}
      .radius=${this.radius}
      .style=${`left: ${x}px; top: ${y}px`}
    ></cx-loupe>`;
  }

  get #size(): Size {
    return this.pixels ?? { width: this.still.width, height: this.still.height };
  }

  get #view(): ZoomView {
    return this.view ?? fit(this.#size, this.frame);
  }

  get #middle(): Point {
    return { x: this.frame.width / 2, y: this.frame.height / 2 };
  }

  /** Of the frame, where the middle of a pixel is. */
  #placeOf({ x, y }: Point): Point {
    return toFrame(this.#view, this.frame, { x: x + 0.5, y: y + 0.5 });
  }

  #pixelUnder(place: Point): Point {
    return pixelAt(toPicture(this.#view, this.frame, place), this.#size);
  }

  get #frameElement(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.frame')!;
  }

  async #loaded(event: Event): Promise<void> {
    const image = event.target as HTMLImageElement;
    const { stillId } = this.still;
    const pixels = await PicturePixels.of(image).catch(() => null);
    if (stillId !== this.still.stillId || !this.isConnected) {
      pixels?.close();
      return;
    }
    this.pixels?.close();
    this.pixels = pixels;
    this.failed = pixels === null;
    if (this.picking && pixels) this.pinned = this.#pixelUnder(this.#middle);
  }

  #forget(): void {
    this.pixels?.close();
    this.pixels = null;
    this.view = null;
    this.pinned = null;
    this.aim = null;
    this.failed = false;
  }

  #pan(by: Point): void {
    this.view = pan(this.#view, by, this.#size, this.frame);
  }

  #zoom(factor: number, place = this.#middle): void {
    const view = zoomTo(this.#view, this.#view.scale * factor, this.#size, this.frame, place);
    this.view = view.scale <= fitScale(this.#size, this.frame) * 1.001 ? null : view;
  }

  #doubleTap(place: Point): void {
    if (this.view) this.showAll();
    else this.#zoom(CLOSE_LOOK, place);
  }

  #aimAt(place: Point | null, by: PointedBy): void {
    if (!this.picking || !this.pixels) return;
    this.aim = place && { point: this.#pixelUnder(place), by };
  }

  #pin(place: Point): void {
    this.pinned = this.#pixelUnder(place);
    if (this.aim?.by === 'touch') this.aim = null;
  }

  #key(event: KeyboardEvent): void {
    const wanted = pictureKeyFor(event);
    if (wanted === 'zoomIn') this.zoomIn();
    else if (wanted === 'zoomOut') this.zoomOut();
    else if (wanted === 'showAll') this.showAll();
    else if (wanted && this.picking && this.pixels) this.#moveCrosshair(wanted.move, wanted.wide ? WIDE_STEP : 1);
    else if (wanted && this.view) this.#pan({ x: -wanted.move.x * ARROW_STEP, y: -wanted.move.y * ARROW_STEP });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #moveCrosshair(by: Point, step: number): void {
    const { x, y } = this.pinned ?? this.#pixelUnder(this.#middle);
    const point = pixelAt({ x: x + by.x * step, y: y + by.y * step }, this.#size);
    this.pinned = point;
    if (this.view) this.view = reveal(this.view, point, this.#size, this.frame);
    this.aim = { point, by: 'mouse' };
  }

  #tellColor(): void {
    const point = this.aim?.point ?? this.pinned;
    const color =
      point && this.pixels && averageCircle(this.pixels.around(point, this.radius), this.#center, this.radius);
    this.#tell('picked', color && { color, settled: point === this.pinned || !this.aim });
  }

  /** Of the square around the point. */
  get #center(): Point {
    return { x: this.radius, y: this.radius };
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
customElements.define('cx-still-picture', StillPicture);
