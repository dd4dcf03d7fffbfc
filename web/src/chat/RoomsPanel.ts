import { html, nothing } from 'lit';
import type { OpenRoom } from '../../../client-sdk/src/messaging/index.ts';
import { icon, iconStyles } from '../components/icon.ts';
import { WatchingElement } from '../components/WatchingElement.ts';
import { base } from '../design/base.ts';
import { messagesIn, type Language } from '../i18n/languages.ts';
import type { Messages } from '../i18n/messages.ts';
import type { RoomsBoard } from './RoomsBoard.ts';
import { roomsPanelStyles } from './roomsPanelStyles.ts';

/** How long someone waits is said in minutes. */
const CLOCK_MS = 15_000;

const MINUTE_MS = 60_000;

/** Today's rooms at the counter: who waits before which, and the way in. */
export class RoomsPanel extends WatchingElement {
  static override properties = { board: { attribute: false }, language: {}, opening: { state: true } };
  static override styles = [base, iconStyles, roomsPanelStyles];

  declare board: RoomsBoard;
  declare language: Language;
  /** A room is about to be opened. */
  declare opening: boolean;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.opening = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#clock = setInterval(() => this.requestUpdate(), CLOCK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  protected override get watched(): RoomsBoard {
    return this.board;
  }

  protected override render() {
    const { rooms: words } = this.#t;
    const { rooms, waiting } = this.board;
    return html`<header>
        <h2>${words.title}</h2>
        <p class="small-text soft">${waiting > 0 ? words.waitingCount(waiting) : nothing}</p>
      </header>
      <p class="unseen" role="status">${this.#said(rooms ?? [])}</p>
      <div class="scroll">${this.#trouble()} ${rooms === null ? this.#unknown() : this.#list(rooms)}</div>
      <footer>${this.opening ? this.#form() : this.#openButton()}</footer>`;
  }

  get #t(): Messages {
    return messagesIn(this.language);
  }

  #unknown() {
    return this.board.error === null ? html`<p class="soft quiet">${this.#t.rooms.loading}</p>` : nothing;
  }

  #list(rooms: readonly OpenRoom[]) {
    const { rooms: words } = this.#t;
    if (rooms.length === 0) {
      return html`<div class="quiet">
        <p>${words.empty}</p>
        <p class="soft small-text">${words.emptyHint}</p>
      </div>`;
    }
    return html`<ul>
      ${rooms.map((room, index) => html`<li>${room.waiting.length > 0 ? this.#awaited(room, index === 0) : this.#calm(room)}</li>`)}
    </ul>`;
  }

  /** Someone waits before it: that comes first. @param first has the one thing to do next */
  #awaited(room: OpenRoom, first: boolean) {
    const { rooms: words } = this.#t;
    return html`<section class="room awaited" aria-label=${room.name}>
      <h3><bdi>${room.name}</bdi>${this.#lock(room)}</h3>
      <ul class="waiting">
        ${room.waiting.map(
          ({ name, since }) =>
            html`<li>
              <span class="who"><bdi>${name}</bdi></span>
              <span class="soft since">${words.waitedFor(this.#minutesSince(since))}</span>
            </li>`,
        )}
      </ul>
      ${this.#people(room)} ${this.#enterButton(room, words.enterAsHost, first ? 'next' : '')}
    </section>`;
  }

  #calm(room: OpenRoom) {
    return html`<section class="room" aria-label=${room.name}>
      <div>
        <h3><bdi>${room.name}</bdi>${this.#lock(room)}</h3>
        ${this.#people(room)}
      </div>
      ${this.#enterButton(room, this.#t.rooms.enter, 'small')}
    </section>`;
  }

  #enterButton({ name }: OpenRoom, label: string, kind: string) {
    const { rooms: words } = this.#t;
    const isEntering = this.board.entering === name;
    return html`<button
      class="button ${kind}"
      aria-label="${label}${this.#t.gap === '' ? '，' : ', '}${words.enterRoom(name)}"
      ?disabled=${isEntering}
      @click=${() => void this.board.enter(name)}
    >
      ${isEntering ? words.entering : label}
    </button>`;
  }

  #people({ people }: OpenRoom) {
    const { rooms: words, roles } = this.#t;
    if (people.length === 0) return html`<p class="soft small-text">${words.nobody}</p>`;
    return html`<p class="soft small-text people">
      ${people.map(({ role, name }) => html`<span><bdi>${words.role(roles[role], name)}</bdi></span>`)}
    </p>`;
  }

  #lock({ locked }: OpenRoom) {
    return locked ? html`<span class="lock soft small-text">${this.#t.rooms.locked}</span>` : nothing;
  }

  /** What did not work, or where a tab was to be. */
  #trouble() {
    const { rooms: words, errors } = this.#t;
    const { error, blocked } = this.board;
    if (error !== null) {
      return html`<p class="notice" role="alert">${icon('trouble')}<span>${this.#t.sentence(errors[error])}</span></p>`;
    }
    if (!blocked) return nothing;
    return html`<p class="notice" role="alert">
      ${icon('trouble')}<span>${words.blocked(blocked.room)} <a href=${blocked.url}>${words.blockedLink}</a></span>
    </p>`;
  }

  #openButton() {
    return html`<button class="button open" @click=${() => void this.#beginOpening()}>
      ${icon('cup')}${this.#t.rooms.open}
    </button>`;
  }

  #form() {
    const { rooms: words } = this.#t;
    return html`<form @submit=${(event: SubmitEvent) => void this.#create(event)} @keydown=${this.#escape}>
      <div class="field">
        <label for="name">${words.name}</label>
        <input
          id="name"
          class="input"
          name="name"
          required
          maxlength="120"
          autocomplete="off"
          placeholder=${words.namePlaceholder}
        />
      </div>
      <label class="switch">
        <input type="checkbox" name="lobby" checked />
        <span>${words.lobby}<span class="soft small-text hint">${words.lobbyHint}</span></span>
      </label>
      <div class="choices">
        <button class="button" type="button" @click=${() => (this.opening = false)}>${words.cancel}</button>
        <button class="button next" type="submit">${words.create}</button>
      </div>
    </form>`;
  }

  readonly #escape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') this.opening = false;
  };

  async #beginOpening(): Promise<void> {
    this.opening = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#name')?.focus();
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const name = String(fields.get('name')).trim();
    if (name !== '' && (await this.board.create(name, fields.has('lobby')))) this.opening = false;
  }

  /** For who hears the page: who has waited longest. */
  #said(rooms: readonly OpenRoom[]) {
    const [room] = rooms;
    const first = room?.waiting[0];
    return first ? this.#t.rooms.saidWaiting(first.name, room.name) : nothing;
  }

  /** The clock of the server may be ahead of this one. */
  #minutesSince(since: number): number {
    return Math.max(0, Math.floor((Date.now() - since) / MINUTE_MS));
  }
}
customElements.define('cx-rooms', RoomsPanel);
