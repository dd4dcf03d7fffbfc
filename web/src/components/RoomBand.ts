import { css, html, nothing } from 'lit';
import type { Aside } from '../session/asidePolicy.ts';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';

/**
 * What holds for the room and must not be overlooked, above the pictures and covering none: who hears whom, that the host is
 * away, that the door is locked.
 */
export class RoomBand extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cx-space-2) var(--cx-space-3);
        padding: var(--cx-space-2) var(--cx-space-3);
        line-height: 1.4;
      }
      .line p {
        flex: 1 1 16rem;
        min-width: 0;
      }
      /* Who speaks aside must never take it for the room: as strong as neutral colours can be. */
      .aside {
        background: var(--cx-inverse);
        color: var(--cx-on-inverse);
        padding-block: var(--cx-space-3);
      }
      .aside strong {
        display: block;
        font-size: var(--cx-size-lead);
      }
      .aside .hint {
        font-size: var(--cx-size-small);
      }
      .others {
        background: var(--cx-surface);
      }
      .answers {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cx-space-2);
      }
      .aside .button {
        border-color: currentColor;
      }
      .aside .button.next {
        border-color: transparent;
        background: var(--cx-on-inverse);
        color: var(--cx-inverse);
      }
      @media (hover: hover) {
        .aside .button:not(.next):hover {
          background: none;
          text-decoration: underline;
        }
      }
      /* Beside the name of the room there is a lock where there is room for the name. */
      .locked {
        display: none;
        padding-block: 2px;
      }
      @container (max-width: 700px) {
        .locked {
          display: flex;
        }
        .line p {
          flex-basis: 12rem;
        }
        .answers {
          flex: 1 0 100%;
        }
        .answers .button {
          flex: 1;
        }
      }
    `,
  ];

  protected override render() {
    const { room, aside } = this.session;
    return html`<div role="status">
      ${aside ? this.#aside(aside) : nothing} ${this.#hostAway()} ${room.info?.locked ? this.#locked() : nothing}
    </div>`;
  }

  #aside(aside: Aside) {
    const { hosting, t } = this.session;
    const { aside: words } = t.people;
    if (aside.seenBy === 'others') {
      return html`<div class="line others small-text">
        <span class="small-icon">${icon('ear')}</span>
        <p>${words.others(aside.host)}</p>
      </div>`;
    }
    const isHost = aside.seenBy === 'host';
    return html`<section class="line aside" aria-label=${words.label}>
      ${icon('ear')}
      <p>
        <strong>${isHost ? words.leading(aside.name) : words.led(aside.host)}</strong>
        <span class="hint">${isHost ? words.leadingHint : words.ledHint(aside.host)}</span>
      </p>
      ${
        isHost
          ? html`<div class="answers">
              <button class="button" @click=${() => void hosting.endAside(aside.participantId)}>${words.back}</button>
              <button class="button next" @click=${() => void hosting.admit(aside.participantId)}>
                ${words.joinAll}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  #hostAway() {
    const { room, t } = this.session;
    const away = room.info?.hostAway;
    if (!away) return nothing;
    const minutes = Math.max(1, Math.ceil(away.keptForMs / 60_000));
    return html`<div class="line others">
      <span class="small-icon">${icon('clock')}</span>
      <p>${t.people.hostAway(away.name, minutes)}</p>
    </div>`;
  }

  #locked() {
    const { locked } = this.session.t.people;
    return html`<div class="line locked small-text">
      <span class="small-icon">${icon('lock')}</span>
      <p>${locked}</p>
    </div>`;
  }
}
customElements.define('cx-band', RoomBand);
