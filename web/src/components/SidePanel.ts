import { css, html, type PropertyValues } from 'lit';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';

/** A panel beside the stage; on a phone where `layout/panels.ts` says, of which its class tells. Fires `close`. */
export abstract class SidePanel extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    hidden: { type: Boolean, reflect: true },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: flex;
        flex-direction: column;
        width: 336px;
        min-height: 0;
        padding: var(--cx-space-3);
        background: var(--cx-surface);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      h2 {
        font-size: var(--cx-size-lead);
      }
      h2:focus {
        outline: none;
      }
      .scroll {
        overflow-y: auto;
        min-height: 0;
        margin-inline: calc(-1 * var(--cx-space-2));
        padding-inline: var(--cx-space-2);
      }
      .button.square {
        width: 44px;
        min-height: 44px;
      }
      @container (max-width: 700px) {
        :host {
          width: auto;
          max-height: 72%;
          border-radius: 12px 12px 0 0;
          box-shadow: var(--cx-shade);
          padding-block-end: max(var(--cx-space-3), env(safe-area-inset-bottom));
        }
        :host(.whole) {
          max-height: none;
          border-radius: 0;
          padding-block-start: max(var(--cx-space-3), env(safe-area-inset-top));
        }
      }
    `,
  ];

  constructor() {
    super();
    this.hidden = true;
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.get('hidden') === true) this.renderRoot.querySelector('h2')?.focus();
  }

  protected header(title: string) {
    return html`<header>
      <h2 tabindex="-1">${title}</h2>
      ${this.closeButton()}
    </header>`;
  }

  protected closeButton() {
    return html`<button class="button square" aria-label=${this.session.t.controls.close} @click=${() => this.close()}>
      ${icon('close')}
    </button>`;
  }

  protected close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
