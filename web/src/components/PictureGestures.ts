import type { Point } from '../layout/zoomView.ts';

export interface GestureHandlers {
  /** A press without movement, or one finger on its way, points at something instead of moving the picture. */
  readonly pointing: boolean;
  /** By CSS pixels. */
  pan(by: Point): void;
  /** `place` in CSS pixels from the top left of the target stays where it is. */
  zoom(factor: number, place: Point): void;
  /** A mouse is over this place. Null when it has gone, or a finger no longer looks for one. */
  hover(place: Point | null): void;
  /** A finger looks for the place; it has not let go. */
  aim(place: Point): void;
  point(place: Point): void;
  doubleTap(place: Point): void;
}

/** Less is a hand that trembles, in CSS pixels. */
const STILL = 5;
const DOUBLE_TAP_MS = 300;
const DOUBLE_TAP_DISTANCE = 24;
/** Of a wheel's line, in CSS pixels. */
const LINE = 16;

interface Press {
  place: Point;
  moved: boolean;
  aims: boolean;
}

/** What mouse, fingers and wheel want of a picture: to move, to zoom, to point. */
export class PictureGestures {
  readonly #target: HTMLElement;
  readonly #handlers: GestureHandlers;
  readonly #presses = new Map<number, Press>();
  #lastTap: { place: Point; at: number } | null = null;

  constructor(target: HTMLElement, handlers: GestureHandlers) {
    this.#target = target;
    this.#handlers = handlers;
    target.addEventListener('pointerdown', (event) => this.#down(event));
    target.addEventListener('pointermove', (event) => this.#move(event));
    target.addEventListener('pointerup', (event) => this.#up(event));
    target.addEventListener('pointercancel', (event) => {
      this.#presses.delete(event.pointerId);
      handlers.hover(null);
    });
    target.addEventListener('pointerleave', (event) => event.pointerType === 'mouse' && handlers.hover(null));
    target.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#target.setPointerCapture(event.pointerId);
    const aims = this.#handlers.pointing && event.pointerType !== 'mouse' && this.#presses.size === 0;
    // With a second finger it becomes a pinch.
    if (this.#presses.size > 0) this.#handlers.hover(null);
    for (const press of this.#presses.values()) press.aims = false;
    const place = this.#place(event);
    this.#presses.set(event.pointerId, { place, moved: this.#presses.size > 0, aims });
    if (aims) this.#handlers.aim(place);
  }

  #move(event: PointerEvent): void {
    const place = this.#place(event);
    const press = this.#presses.get(event.pointerId);
    if (!press) {
      if (event.pointerType === 'mouse') this.#handlers.hover(place);
      return;
    }
    const by = { x: place.x - press.place.x, y: place.y - press.place.y };
    if (press.aims) {
      this.#handlers.aim(place);
    } else if (this.#presses.size === 2) {
      this.#pinch(event.pointerId, place);
    } else {
      if (!press.moved && Math.hypot(by.x, by.y) < STILL) return;
      press.moved = true;
      this.#handlers.pan(by);
    }
    press.place = place;
  }

  /** The other finger stays where it is; moved half as far, both together move the picture. */
  #pinch(pointerId: number, place: Point): void {
    const before = this.#presses.get(pointerId)!.place;
    const [, other] = [...this.#presses].find(([id]) => id !== pointerId)!;
    other.moved = true;
    const distance = (one: Point) => Math.hypot(one.x - other.place.x, one.y - other.place.y);
    const middle = { x: (place.x + other.place.x) / 2, y: (place.y + other.place.y) / 2 };
    this.#handlers.pan({ x: (place.x - before.x) / 2, y: (place.y - before.y) / 2 });
    if (distance(before) > 0) this.#handlers.zoom(distance(place) / distance(before), middle);
  }

  #up(event: PointerEvent): void {
    const press = this.#presses.get(event.pointerId);
    this.#presses.delete(event.pointerId);
    if (!press || (press.moved && !press.aims)) return;
    const place = this.#place(event);
    if (this.#handlers.pointing) {
      this.#handlers.point(place);
      return;
    }
    const last = this.#lastTap;
    this.#lastTap = { place, at: event.timeStamp };
    if (!last || event.timeStamp - last.at > DOUBLE_TAP_MS) return;
    if (Math.hypot(place.x - last.place.x, place.y - last.place.y) > DOUBLE_TAP_DISTANCE) return;
    this.#lastTap = null;
    this.#handlers.doubleTap(place);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const distance = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
    // A pinch on a touchpad comes as a wheel with Ctrl, in small steps.
    this.#handlers.zoom(Math.exp(-distance * (event.ctrlKey ? 0.01 : 0.002)), this.#place(event));
  }

  #place(event: MouseEvent): Point {
    const { left, top } = this.#target.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}
