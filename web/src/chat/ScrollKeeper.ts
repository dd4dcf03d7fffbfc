/** So far from the lower edge, in CSS pixels, one is still at it. */
const AT_END = 48;

/**
 * Keeps a list of messages still while it changes: who is at the lower edge stays there, and who reads further up keeps the
 * line that is read in its place. Browsers do only a part of it, and Safari nothing.
 */
export class ScrollKeeper {
  #scroller: HTMLElement | null = null;
  #anchor: { element: HTMLElement; top: number } | null = null;
  #atEnd = true;
  #opening = true;
  #wasHidden = false;
  #lastTop = 0;
  readonly #observer = new ResizeObserver(() => this.#stay());

  get atEnd(): boolean {
    return this.#atEnd;
  }

  connect(scroller: HTMLElement, content: HTMLElement): void {
    this.#scroller = scroller;
    this.#observer.observe(scroller);
    this.#observer.observe(content);
  }

  disconnect(): void {
    this.#observer.disconnect();
  }

  /** Another conversation: begins at what is new, or at the end. */
  open(): void {
    this.#opening = true;
    this.#atEnd = true;
  }

  toEnd(): void {
    this.#atEnd = true;
  }

  /** Whoever goes elsewhere is no longer held. */
  free(): void {
    this.#atEnd = false;
    this.#opening = false;
  }

  /** Before the page changes. */
  before(): void {
    const scroller = this.#scroller;
    this.#anchor = null;
    // Whoever is at the end stays there.
    if (!scroller || this.#atEnd) return;
    const { top } = scroller.getBoundingClientRect();
    const rows = [...scroller.querySelectorAll<HTMLElement>('[data-key]')];
    const element = rows.find((row) => row.getBoundingClientRect().bottom > top);
    if (element) this.#anchor = { element, top: element.getBoundingClientRect().top };
  }

  /** After it has changed. */
  after(): void {
    const scroller = this.#scroller;
    if (!scroller || scroller.clientHeight === 0) return;
    if (this.#opening) {
      this.#opening = scroller.querySelector('[data-key]') === null;
      const line = scroller.querySelector<HTMLElement>('.new');
      scroller.scrollTop = line ? line.offsetTop - scroller.clientHeight / 4 : scroller.scrollHeight;
      this.#atEnd = isAtEnd(scroller);
    } else if (this.#atEnd) {
      scroller.scrollTop = scroller.scrollHeight;
    } else if (this.#anchor?.element.isConnected) {
      scroller.scrollTop += this.#anchor.element.getBoundingClientRect().top - this.#anchor.top;
    }
  }

  /** Only who scrolls up leaves the end: what is taller a moment later moved nobody. */
  scrolled(): void {
    const scroller = this.#scroller;
    if (!scroller || scroller.clientHeight === 0) return;
    if (isAtEnd(scroller)) this.#atEnd = true;
    else if (scroller.scrollTop < this.#lastTop) this.#atEnd = false;
    this.#lastTop = scroller.scrollTop;
  }

  /** Something in it, or the window, has another size; coming into view it begins anew. */
  #stay(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const isHidden = scroller.clientHeight === 0;
    if (this.#wasHidden && !isHidden) this.#opening = true;
    this.#wasHidden = isHidden;
    if (isHidden) return;
    if (this.#opening) this.after();
    else if (this.#atEnd) scroller.scrollTop = scroller.scrollHeight;
  }
}

function isAtEnd({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < AT_END;
}
