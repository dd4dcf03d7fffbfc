import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Invite } from '../../../client-sdk/src/index.ts';
import { cardDialog } from './cardDialog.ts';
import './CopyButton.ts';
import { icon } from './icon.ts';
import './InviteForm.ts';
import './InviteRow.ts';
import './NoticeList.ts';
import { SessionElement } from './SessionElement.ts';

/** Invites someone: a link to make and to send, and how far those have come who were invited. */
export class InviteDialog extends SessionElement {
  static override properties = { ...SessionElement.properties, opened: { state: true } };
  static override styles = [
    ...[SessionElement.styles].flat(),
    cardDialog,
    css`
      dialog {
        width: min(40rem, 100vw - 16px);
        container-type: inline-size;
      }
      .body {
        display: grid;
        gap: var(--cx-space-3);
        padding: 0 var(--cx-space-4) var(--cx-space-4);
      }
      .made {
        display: grid;
        gap: var(--cx-space-2);
        padding: var(--cx-space-3);
        border-radius: var(--cx-radius);
        background: var(--cx-raised);
      }
      .made .input {
        background: var(--cx-surface);
        font-size: var(--cx-size-small);
        text-overflow: ellipsis;
      }
      .answers {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: 1fr;
        gap: var(--cx-space-2);
      }
      .answers .button {
        min-height: 44px;
      }
      /* What lies under a modal dialog can be neither seen nor heard. */
      cx-notices {
        position: sticky;
        inset-block-end: var(--cx-space-3);
        z-index: 1;
        margin: 0 var(--cx-space-3) var(--cx-space-3);
        pointer-events: none;
      }
      h3 {
        margin-block-start: var(--cx-space-2);
        font-size: var(--cx-size-body);
      }
      cx-invite-row + cx-invite-row {
        border-block-start: 1px solid var(--cx-line);
      }
      @container (max-width: 480px) {
        .body {
          padding-inline: var(--cx-space-3);
        }
      }
    `,
  ];

  /** What is in it exists only meanwhile. */
  declare opened: boolean;

  open(): void {
    this.session.invitations.forgetMade();
    void this.session.invitations.load();
    this.opened = true;
    this.#dialog.showModal();
  }

  protected override render() {
    const { t } = this.session;
    const { title } = t.invites;
    return html`<dialog aria-labelledby="title" @click=${this.#clicked} @close=${() => (this.opened = false)}>
      <header>
        <h2 id="title">${title}</h2>
        <button class="button square" aria-label=${t.controls.close} @click=${() => this.#dialog.close()}>
          ${icon('close')}
        </button>
      </header>
      ${this.opened ? this.#body() : nothing}
    </dialog>`;
  }

  #body() {
    const { session } = this;
    const { invitations, t } = session;
    const { invites: words } = t;
    const { made, list } = invitations;
    return html`<div class="body">
        ${
          made
            ? this.#made(made)
            : html`<p class="soft">${words.intro}</p>
                <cx-invite-form .session=${session}></cx-invite-form>`
        }
        <h3>${words.listTitle}</h3>
        ${list.length === 0 ? html`<p class="soft">${words.nobody}</p>` : nothing}
        <div ?hidden=${list.length === 0}>
          ${repeat(
            list,
            ({ inviteId }) => inviteId,
            (invite) => html`<cx-invite-row .session=${session} .invite=${invite}></cx-invite-row>`,
          )}
        </div>
      </div>
      <cx-notices .session=${session}></cx-notices>`;
  }

  /** The link, to be sent by whatever one uses. */
  #made(invite: Invite) {
    const { session } = this;
    const { invites: words } = session.t;
    const link = session.invitations.urlOf(invite);
    const title = invite.name === null ? words.readyOpen : words.ready(invite.name);
    return html`<section class="made" aria-label=${title}>
      <strong role="status">${title}</strong>
      <input
        class="input"
        readonly
        aria-label=${words.link}
        .value=${link}
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      />
      <div class="answers">
        <cx-copy .session=${session} .link=${link} next></cx-copy>
        ${
          'share' in navigator
            ? html`<button class="button" @click=${() => void this.#share(link)}>
                ${icon('share')}${words.share}
              </button>`
            : nothing
        }
        <button class="button" @click=${() => session.invitations.forgetMade()}>${words.another}</button>
      </div>
    </section>`;
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  /** Who thinks better of it in the sheet of the system has not failed. */
  async #share(url: string): Promise<void> {
    const { room, t } = this.session;
    await navigator.share({ text: t.invites.shareText(room.info?.name ?? t.room.label), url }).catch(() => undefined);
  }

  /** A click beside the dialog reaches the dialog element itself. */
  #clicked(event: Event): void {
    if (event.composedPath()[0] === this.#dialog) this.#dialog.close();
  }
}
customElements.define('cx-invite-dialog', InviteDialog);
