import { css, html, nothing } from 'lit';
import { SessionElement } from './SessionElement.ts';

/** What the room has to say: first what holds now (reconnecting, no sound), then what just happened. */
export class NoticeList extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--cx-space-2);
      }
      div[role] {
        display: grid;
        justify-items: center;
        gap: var(--cx-space-2);
        max-width: 100%;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: var(--cx-space-3);
        max-width: min(100%, 36rem);
        padding: var(--cx-space-2) var(--cx-space-3);
        border-radius: var(--cx-radius);
        background: var(--cx-surface);
        box-shadow: var(--cx-shade);
        line-height: 1.5;
        pointer-events: auto;
      }
      img {
        flex: none;
        width: 48px;
        height: 36px;
        border-radius: var(--cx-radius-picture);
        background: var(--cx-picture);
        object-fit: cover;
      }
      .button {
        flex: none;
      }
    `,
  ];

  protected override render() {
    const { session } = this;
    const { notices: words } = session.t;
    return html`<div role="status">
        ${session.room.state === 'reconnecting' ? html`<p class="notice">${words.reconnecting}</p>` : nothing}
        ${this.#networkAdvice()} ${session.room.canPlayAudio ? nothing : this.#audioBlocked()}
      </div>
      <div role="log" aria-label=${words.label}>
        ${session.notices.list.map(
          ({ id, text, stays, action, picture }) =>
            html`<div class="notice">
              ${picture ? html`<img src=${picture} alt="" crossorigin="anonymous" />` : nothing}
              <p>${text}</p>
              ${
                action
                  ? html`<button class="button small" @click=${() => action.act()}>${action.label}</button>`
                  : nothing
              }
              ${
                stays
                  ? html`<button class="button small" @click=${() => session.notices.dismiss(id)}>
                      ${words.dismiss}
                    </button>`
                  : nothing
              }
            </div>`,
        )}
      </div>`;
  }

  /** What to do about one's own network. */
  #networkAdvice() {
    const { networkAdvice, room, t } = this.session;
    const { reason } = networkAdvice;
    // Then it is said already, more strongly.
    if (reason === null || room.state === 'reconnecting') return nothing;
    return html`<div class="notice">
      <p>${t.networkAdvice[reason]}</p>
      <button class="button small" @click=${() => networkAdvice.dismiss()}>${t.notices.dismiss}</button>
    </div>`;
  }

  #audioBlocked() {
    const { audioBlocked, audioUnblock } = this.session.t.notices;
    return html`<div class="notice">
      <p>${audioBlocked}</p>
      <button class="button small next" @click=${() => void this.session.startAudio()}>${audioUnblock}</button>
    </div>`;
  }
}
customElements.define('cx-notices', NoticeList);
