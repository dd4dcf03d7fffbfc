import type { ElementView } from '../policies/subscriptionPolicy.ts';

/** Watches size and visibility of the elements that show a video, for all tracks of a room. */
export class ElementObserver {
  readonly #listeners = new Map<Element, () => void>();
  readonly #hidden = new Set<Element>();
  /** Elements of which the browser has said whether they are seen, as it does once of each, also of one without a size. */
  readonly #laidOut = new Set<Element>();
  readonly #resizes: ResizeObserver;
  readonly #intersections: IntersectionObserver;
  readonly #pageListeners = new Set<() => void>();

  constructor() {
    this.#resizes = new ResizeObserver((entries) => {
      for (const { target } of entries) this.#listeners.get(target)?.();
    });
    this.#intersections = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#hidden.delete(target);
        else this.#hidden.add(target);
        this.#laidOut.add(target);
        this.#listeners.get(target)?.();
      }
    });
    document.addEventListener('visibilitychange', this.#handlePageVisibility);
  }

  get pageVisible(): boolean {
    return document.visibilityState === 'visible';
  }

  /** Calls back when the page is hidden or shown. @returns a function that ends it */
  watchPage(listener: () => void): () => void {
    this.#pageListeners.add(listener);
    return () => this.#pageListeners.delete(listener);
  }

  watch(element: HTMLMediaElement, listener: () => void): void {
    this.#listeners.set(element, listener);
    this.#resizes.observe(element);
    this.#intersections.observe(element);
    element.addEventListener('enterpictureinpicture', listener);
    element.addEventListener('leavepictureinpicture', listener);
  }

  unwatch(element: HTMLMediaElement): void {
    const listener = this.#listeners.get(element);
    if (!listener) return;
    this.#listeners.delete(element);
    this.#hidden.delete(element);
    this.#laidOut.delete(element);
    this.#resizes.unobserve(element);
    this.#intersections.unobserve(element);
    element.removeEventListener('enterpictureinpicture', listener);
    element.removeEventListener('leavepictureinpicture', listener);
  }

  /**
   * The browser has yet to report on it, which it does with its next picture of the page. To ask sooner would make it lay the
   * page out on the spot: 5 to 10 ms, in the midst of a join.
   */
  isPending(element: HTMLMediaElement): boolean {
    return this.pageVisible && this.#listeners.has(element) && !this.#laidOut.has(element);
  }

  /** Until the browser has reported on it, an element counts as visible. */
  view(element: HTMLMediaElement): ElementView {
    const pictureInPicture = document.pictureInPictureElement === element;
    return {
      widthPx: element.clientWidth * devicePixelRatio,
      heightPx: element.clientHeight * devicePixelRatio,
      filled: getComputedStyle(element).objectFit === 'cover',
      visible: pictureInPicture || !this.#hidden.has(element),
      pictureInPicture,
    };
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#handlePageVisibility);
    this.#resizes.disconnect();
    this.#intersections.disconnect();
    this.#listeners.clear();
    this.#laidOut.clear();
    this.#pageListeners.clear();
  }

  readonly #handlePageVisibility = (): void => {
    for (const listener of this.#pageListeners) listener();
  };
}
