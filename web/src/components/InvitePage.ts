import { css, html, nothing, type PropertyValues } from 'lit';
import type { ErrorCode, RedeemedInvite } from '../../../client-sdk/src/index.ts';
import { base } from '../design/base.ts';
import { tokens } from '../design/tokens.ts';
import { ReceivedInvite } from '../session/ReceivedInvite.ts';
import { readInviteLink } from '../session/inviteLink.ts';
import type { ChaxiRoom } from './ChaxiRoom.ts';
import './ChaxiRoom.ts';
import { PageElement } from './PageElement.ts';
import './PageTools.ts';
import { pageLayout, wholePage } from './pageLayout.ts';

/** Failures after which the same may succeed. */
const mayPass: readonly ErrorCode[] = ['serverUnreachable', 'rateLimited', 'storageUnavailable', 'internal'];

/**
 * The page of an invitation: who invites to what, and then the room itself. The address stays that of the invitation, so that a reload
 * leads back, and no token is in the history.
 */
export class InvitePage extends PageElement {
  static override styles = [
    tokens,
    base,
    pageLayout,
    wholePage,
    css`
      :host([inside]) {
        display: block;
      }
      chaxi-room {
        height: 100vh;
        height: 100dvh;
      }
      .words {
        gap: var(--cx-space-2);
      }
      h1 {
        font-family: var(--cx-font-display);
        font-size: clamp(2rem, 1.2rem + 4vw, 3rem);
        font-weight: 500;
      }
      .name {
        margin-block-start: var(--cx-space-2);
        font-size: var(--cx-size-lead);
      }
      form {
        display: grid;
        justify-items: stretch;
        gap: var(--cx-space-3);
        width: min(100%, 22rem);
        margin-block-start: var(--cx-space-3);
      }
      .field {
        text-align: start;
      }
      .words .button {
        min-height: 56px;
        margin: 0;
        font-size: var(--cx-size-lead);
      }
      .failure {
        display: grid;
        justify-items: center;
        gap: var(--cx-space-3);
      }
      .next-hint {
        max-width: 26rem;
        margin-block-start: var(--cx-space-2);
      }
    `,
  ];

  #invitation: ReceivedInvite | null = null;
  #unsubscribe: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#open();
    addEventListener('hashchange', this.#open);
    document.addEventListener('keydown', this.#handOn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    removeEventListener('hashchange', this.#open);
    document.removeEventListener('keydown', this.#handOn);
  }

  protected override get pageTitle(): string {
    const { brand, arrival } = this.messages;
    const { invite = null, token = null } = this.#invitation ?? {};
    return token === null ? `${invite?.room ?? arrival.title} · ${brand}` : brand;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.toggleAttribute('inside', (this.#invitation?.token ?? null) !== null);
  }

  protected override render() {
    const invitation = this.#invitation!;
    const { token, invite, error, busy } = invitation;
    if (token !== null) {
      return html`<main>
        <chaxi-room .token=${token} .url=${location.origin} lang=${this.language}></chaxi-room>
      </main>`;
    }
    const t = this.messages;
    return html`<header class="top">
        <span class="brand">${t.brand}</span>
        <cx-page-tools .language=${this.language}></cx-page-tools>
      </header>
      <main class="words">
        ${error !== null ? this.#failure(error, invite) : invite ? this.#invite(invite, busy) : this.#opening()}
      </main>`;
  }

  #opening() {
    return html`<p class="lead soft" role="status">${this.messages.arrival.opening}</p>`;
  }

  #invite({ token, room, role, name, invitedBy }: RedeemedInvite, busy: boolean) {
    const { arrival: words, gap } = this.messages;
    return html`<p class="lead soft">${words.invitedBy(invitedBy)}</p>
      <h1><bdi>${room}</bdi></h1>
      ${name === null ? nothing : html`<p class="name"><bdi>${words.guestName(name)}</bdi></p>`}
      <p class="soft">${words.as[role]}${gap}${words.noAccount}</p>
      <form @submit=${(event: SubmitEvent) => this.#enter(event)}>
        ${
          token === null
            ? html`<div class="field">
                <label for="name">${words.name}</label>
                <input id="name" class="input" name="name" required maxlength="120" autocomplete="name" />
                <p class="small-text soft">${words.nameHint}</p>
              </div>`
            : nothing
        }
        <button class="button next" type="submit" ?disabled=${busy}>${busy ? words.entering : words.enter}</button>
      </form>
      <p class="small-text soft next-hint">${words.next}</p>`;
  }

  /** @param invite it was open before, and did not take the name */
  #failure(error: ErrorCode, invite: RedeemedInvite | null) {
    const t = this.messages;
    const { what, how } = t.errors[error];
    return html`<div class="failure" role="alert">
      <h1>${what}</h1>
      <p class="lead soft">${how}</p>
      ${
        mayPass.includes(error)
          ? html`<button class="button next" @click=${() => void this.#invitation!.open()}>${t.arrival.retry}</button>`
          : nothing
      }
      ${invite ? html`<p class="soft"><bdi>${invite.room}</bdi></p>` : nothing}
    </div>`;
  }

  #enter(event: SubmitEvent): void {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get('name');
    if (typeof name === 'string' && name.trim() === '') return;
    void this.#invitation!.enter(typeof name === 'string' ? name.trim() : undefined);
  }

  readonly #open = () => {
    const { code, lang } = readInviteLink(location.hash);
    if (lang) this.lang = lang;
    this.#unsubscribe?.();
    const invitation = new ReceivedInvite({ url: location.origin, code });
    this.#invitation = invitation;
    this.#unsubscribe = invitation.subscribe(() => this.requestUpdate());
    this.requestUpdate();
    void invitation.open();
  };

  /** The room's shortcuts, where no element has the key. */
  readonly #handOn = (event: KeyboardEvent) => {
    if (event.target === document.body) this.renderRoot.querySelector<ChaxiRoom>('chaxi-room')?.handleKey(event);
  };
}
customElements.define('cx-invite-page', InvitePage);
