import { LitElement, type PropertyValues } from 'lit';
import type { Observable } from '../session/observable.ts';

/** A part of the page that shows something observable, and is drawn again when that changes. */
export abstract class WatchingElement extends LitElement {
  #watched: Observable | null = null;
  #unsubscribe: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#watched = null;
  }

  /** Null where there is nothing to show yet. */
  protected abstract get watched(): Observable | null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#watch();
  }

  #watch(): void {
    const { watched } = this;
    if (watched === this.#watched) return;
    this.#unsubscribe?.();
    this.#watched = watched;
    this.#unsubscribe = watched?.subscribe(() => this.requestUpdate()) ?? null;
  }
}
