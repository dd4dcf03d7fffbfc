import { css, html, nothing } from 'lit';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';
import './WaitingList.ts';

/** More would cover the cup; the others are in the panel of people. */
const MOST = 2;

/** Someone is at the door: a card that stays until it is answered or put aside. Fires `people`. */
export class KnockSign extends SessionElement {
  static override properties = { ...SessionElement.properties, quiet: { type: Boolean } };
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

  /** Without the card: who waits can be seen elsewhere. */
  declare quiet: boolean;

  constructor() {
    super();
    this.quiet = false;
  }

  protected override render() {
    const { hosting, waiting } = this.session;
    const waits = hosting.knocks && waiting.length > 0;
    // Here before anyone comes: words that come together with their element are hardly ever read aloud.
    return html`<p class="unseen" role="status">${waits ? this.#words() : ''}</p>
      ${waits && !this.quiet ? this.#card() : nothing}`;
  }

  /** The names stand on the card; who hears the page is told the first. */
  #words(): string {
    const { waiting, t } = this.session;
    const [first, ...others] = waiting.map(({ name }) => name);
    const { waits, waitMore } = t.people.door;
    return others.length === 0 ? waits(first!) : waitMore(first!, others.length);
  }

  #card() {
    const { session } = this;
    const { waiting, hosting, t } = session;
    const { door } = t.people;
    return html`<section class="card" aria-label=${door.label}>
      <header>
        ${icon('door')}
        <p aria-hidden="true">${door.waiting(waiting.length)}</p>
        <button class="button square" aria-label=${t.controls.close} @click=${() => hosting.later()}>
          ${icon('close')}
        </button>
      </header>
      <cx-waiting-list .session=${session} .most=${MOST}></cx-waiting-list>
      ${
        waiting.length > 1
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
