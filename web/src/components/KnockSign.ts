import { css, html, nothing } from 'lit';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';
import './WaitingList.ts';

/** More would cover the cup; the others are in the panel of people. */
const MOST = 2;

/** Someone is at the door: a card that stays until it is answered or put aside. Fires `people`. */
export class KnockSign extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: block;
        width: min(100%, 27rem);
        pointer-events: auto;
      }
      .card {
        padding: 0 var(--cx-space-3) var(--cx-space-2);
        border-radius: var(--cx-radius);
        /* The one thing here with the accent: an edge, so that the card itself stays neutral beside the cup. */
        border-inline-start: 4px solid var(--cx-accent);
        background: var(--cx-surface);
        box-shadow: var(--cx-shade);
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--cx-space-2);
        min-height: 44px;
        font-size: var(--cx-size-small);
      }
      header > :nth-child(2) {
        flex: 1;
      }
      .button.square {
        width: 44px;
        min-height: 44px;
        margin-inline-end: calc(-1 * var(--cx-space-2));
      }
      footer {
        display: flex;
        gap: var(--cx-space-2);
        padding-block: var(--cx-space-2);
        border-block-start: 1px solid var(--cx-line);
      }
      footer .button {
        flex: 1;
        min-height: 44px;
      }
    `,
  ];

  protected override render() {
    const { session } = this;
    const { waiting, hosting, t } = session;
    const [first, ...others] = waiting;
    if (!first || !hosting.knocks) return nothing;
    const { door } = t.people;
    // The names stand below; who hears the page is told the first.
    const text = others.length === 0 ? door.waits(first.name) : door.waitMore(first.name, others.length);
    return html`<section class="card" aria-label=${door.label}>
      <header>
        ${icon('door')}
        <p aria-hidden="true">${door.waiting(waiting.length)}</p>
        <p class="unseen" role="status">${text}</p>
        <button class="button square" aria-label=${t.controls.close} @click=${() => hosting.later()}>
          ${icon('close')}
        </button>
      </header>
      <cx-waiting-list .session=${session} .most=${MOST}></cx-waiting-list>
      ${
        others.length > 0
          ? html`<footer>
              <button class="button" @click=${() => this.dispatchEvent(new CustomEvent('people'))}>
                ${door.seeAll}
              </button>
              <button class="button" @click=${() => void hosting.admitAll()}>${door.admitAll}</button>
            </footer>`
          : nothing
      }
    </section>`;
  }
}
customElements.define('cx-knock', KnockSign);
