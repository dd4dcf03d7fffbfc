import { LitElement, type CSSResultGroup, type PropertyValues } from 'lit';
import { base } from '../design/base.ts';
import type { RoomSession } from '../session/RoomSession.ts';
import { iconStyles } from './icon.ts';

/** A part of the page that shows a session and is drawn again when the session changes. */
export abstract class SessionElement extends LitElement {
  static override properties = { session: { attribute: false } };
  static override styles: CSSResultGroup = [base, iconStyles];

  declare session: RoomSession;
  #unsubscribe: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session')) this.#watch();
  }

  /** A new page begins: whoever reads it by ear or by keyboard starts at its heading. */
  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  #watch(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.session.subscribe(() => this.requestUpdate());
  }
}
