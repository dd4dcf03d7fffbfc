import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { formatTime } from '../i18n/formatTime.ts';
import { SessionElement } from './SessionElement.ts';

/** How the door of the room is kept: locked or not, a word for those who wait, and who is kept out. */
export class RoomKeeping extends SessionElement {
  static override properties = { ...SessionElement.properties, draft: { state: true } };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
        gap: var(--cx-space-3);
        padding-block: var(--cx-space-2) var(--cx-space-3);
        border-block-start: 1px solid var(--cx-line);
      }
      .switch span span {
        display: block;
      }
      .word {
        display: grid;
        gap: var(--cx-space-2);
      }
      .word .button {
        justify-self: end;
      }
      .bans li {
        display: flex;
        align-items: center;
        gap: var(--cx-space-2);
        min-height: 52px;
      }
      .bans li p {
        flex: 1;
        min-width: 0;
        line-height: 1.35;
        overflow-wrap: anywhere;
      }
      .bans li p span {
        display: block;
      }
      h3 {
        font-size: var(--cx-size-small);
        font-weight: 400;
        color: var(--cx-text-soft);
      }
    `,
  ];

  /** What is written and not shown yet; null where nothing is. */
  declare draft: string | null;

  constructor() {
    super();
    this.draft = null;
  }

  protected override render() {
    const { grants, info } = this.session.room;
    const { keeping: words } = this.session.t.people;
    return html`<h3>${words.title}</h3>
      ${grants?.moderate ? this.#lock(info?.locked === true) : nothing}
      ${grants?.admit && info?.lobby ? this.#word(info.lobbyNote) : nothing} ${this.#bans()}`;
  }

  #lock(locked: boolean) {
    const { hosting, t } = this.session;
    const { lock, lockHint } = t.people.keeping;
    return html`<label class="switch">
      <input
        type="checkbox"
        .checked=${live(locked)}
        @change=${(event: Event) => void hosting.setLocked((event.target as HTMLInputElement).checked)}
      />
      <span>${lock}<span class="soft small-text">${lockHint}</span></span>
    </label>`;
  }

  #word(shown: string) {
    const { keeping: words } = this.session.t.people;
    const text = this.draft ?? shown;
    const isShown = text.trim() === shown;
    return html`<div class="word">
      <div class="field">
        <label for="word">${words.word}</label>
        <textarea
          id="word"
          class="input"
          maxlength="500"
          placeholder=${words.wordPlaceholder}
          aria-describedby="word-hint"
          .value=${text}
          @input=${(event: Event) => (this.draft = (event.target as HTMLTextAreaElement).value)}
        ></textarea>
        <p id="word-hint" class="soft small-text">${words.wordHint}</p>
      </div>
      <button class="button small" ?disabled=${isShown} @click=${() => void this.#show(text)}>
        ${isShown && shown !== '' ? words.saved : words.save}
      </button>
    </div>`;
  }

  #bans() {
    const { hosting, t, language } = this.session;
    const { keeping: words } = t.people;
    if (hosting.bans.length === 0) return nothing;
    return html`<div class="bans">
      <h3>${words.bans(hosting.bans.length)}</h3>
      <ul>
        ${hosting.bans.map(
          ({ identity, name, bannedAt }) =>
            html`<li>
              <p>
                ${name}<span class="soft small-text"
                  >${words.bannedOn(formatTime(bannedAt, Date.now(), language))}</span
                >
              </p>
              <button
                class="button small"
                aria-label=${words.liftOf(name)}
                @click=${() => void hosting.liftBan(identity)}
              >
                ${words.lift}
              </button>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  async #show(text: string): Promise<void> {
    await this.session.hosting.setLobbyNote(text);
    if (this.session.room.info?.lobbyNote === text.trim()) this.draft = null;
  }
}
customElements.define('cx-keeping', RoomKeeping);
