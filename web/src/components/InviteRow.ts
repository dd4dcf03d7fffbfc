import { css, html, nothing } from 'lit';
import type { Invite } from '../../../client-sdk/src/index.ts';
import { formatTime } from '../i18n/formatTime.ts';
import { inviteProgress, inviteSteps } from '../session/inviteProgress.ts';
import './CopyButton.ts';
import { SessionElement } from './SessionElement.ts';

/** One invitation: for whom, how far they have come, and what to do with its link. */
export class InviteRow extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    invite: { attribute: false },
    revoking: { state: true },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--cx-space-2) var(--cx-space-3);
        padding-block: var(--cx-space-3);
      }
      .who {
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      .who span,
      .when {
        font-size: var(--cx-size-small);
      }
      .way {
        display: grid;
        gap: 6px;
        min-width: 8rem;
        text-align: end;
        font-size: var(--cx-size-small);
      }
      .steps {
        display: grid;
        grid-template-columns: repeat(${inviteSteps.length}, 1fr);
        gap: 3px;
      }
      .steps span {
        height: 4px;
        border-radius: 2px;
        background: var(--cx-line);
      }
      .steps .done {
        background: var(--cx-text);
      }
      .answers,
      .question {
        grid-column: 1 / -1;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cx-space-2);
      }
      .when {
        flex: 1;
        min-width: 9rem;
        line-height: 1.4;
      }
      .question p {
        flex: 1 0 14rem;
      }
      .button {
        min-height: 44px;
        padding-inline: var(--cx-space-3);
      }
    `,
  ];

  declare invite: Invite;
  declare revoking: boolean;

  constructor() {
    super();
    this.revoking = false;
  }

  protected override render() {
    const { invite, session } = this;
    const { invites: words, roles } = session.t;
    const { name, role, state, people } = invite;
    const { done, open } = inviteProgress(invite, Date.now());
    // Who gave their own name on opening it.
    const who = name ?? people.map((person) => person.name).join(session.language === 'zh' ? '、' : ', ');
    return html`<p class="who">${who === '' ? words.anyone : who}<br /><span class="soft">${roles[role]}</span></p>
      <p class="way">
        <span class="steps" aria-hidden="true">
          ${inviteSteps.map((_, place) => html`<span class=${place < done ? 'done' : ''}></span>`)}
        </span>
        <span>${words.states[state]}</span>
      </p>
      ${this.revoking ? this.#question() : this.#answers(who === '' ? words.anyone : who, open)}`;
  }

  #answers(who: string, open: boolean) {
    const { invite, session } = this;
    const { invites: words } = session.t;
    if (invite.revokedAt !== null) return nothing;
    const { expiresAt, maxUses, people } = invite;
    const until = words.until(formatTime(expiresAt, Date.now(), session.language));
    const uses = maxUses > 1 ? ` · ${words.uses(people.length, maxUses)}` : '';
    return html`<div class="answers">
      <p class="when soft">${open || maxUses > 1 ? `${until}${uses}` : nothing}</p>
      ${
        open
          ? html`<cx-copy
              .session=${session}
              .link=${session.invitations.urlOf(invite)}
              .label=${words.copyOf(who)}
            ></cx-copy>`
          : nothing
      }
      <button class="button" aria-label=${words.revokeOf(who)} @click=${() => (this.revoking = true)}>
        ${words.revoke}
      </button>
    </div>`;
  }

  #question() {
    const { invites: words, people } = this.session.t;
    return html`<div class="question" role="alert">
      <p>${words.revokeQuestion}</p>
      <button class="button" @click=${() => (this.revoking = false)}>${people.cancel}</button>
      <button class="button next" @click=${() => this.#revoke()}>${words.revokeConfirm}</button>
    </div>`;
  }

  #revoke(): void {
    this.revoking = false;
    void this.session.invitations.revoke(this.invite.inviteId);
  }
}
customElements.define('cx-invite-row', InviteRow);
