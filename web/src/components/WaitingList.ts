import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ParticipantInfo } from '../../../client-sdk/src/index.ts';
import { mayAdmitAside } from '../session/moderationPolicy.ts';
import { SessionElement } from './SessionElement.ts';

/** Who waits, and what the host can answer: in, alone first, or not, with a word why. */
export class WaitingList extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    most: { type: Number },
    declining: { state: true },
    words: { state: true },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: block;
      }
      li {
        display: grid;
        gap: var(--cx-space-1);
        padding-block: var(--cx-space-2);
      }
      li + li {
        border-block-start: 1px solid var(--cx-line);
      }
      .who {
        display: flex;
        align-items: baseline;
        gap: var(--cx-space-2);
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .answers {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cx-space-2);
      }
      .button {
        min-height: 44px;
        flex: 1 1 auto;
        padding-inline: var(--cx-space-3);
      }
      .button.next {
        order: 1;
        flex-grow: 2;
      }
      .reasons {
        display: grid;
        gap: var(--cx-space-2);
        padding-block: var(--cx-space-1);
      }
      .reason {
        min-height: 44px;
        padding: var(--cx-space-2) var(--cx-space-3);
        border: 1px solid var(--cx-line);
        border-radius: var(--cx-radius);
        background: none;
        font-size: var(--cx-size-small);
        line-height: 1.45;
        text-align: start;
        cursor: pointer;
      }
      .reason[aria-pressed='true'] {
        border-color: var(--cx-text);
        box-shadow: inset 0 0 0 1px var(--cx-text);
      }
      @media (hover: hover) {
        .reason:hover {
          background: var(--cx-raised);
        }
      }
    `,
  ];

  /** Shows so many; all of them where it is 0. */
  declare most: number;
  /** Participant who shall not come in, and what they will read. */
  declare declining: string | null;
  declare words: string;

  constructor() {
    super();
    this.most = 0;
    this.declining = null;
    this.words = '';
  }

  protected override render() {
    const { waiting } = this.session;
    const shown = this.most === 0 ? waiting : waiting.slice(0, this.most);
    return html`<ul>
      ${repeat(
        shown,
        ({ participantId }) => participantId,
        (person) => this.#row(person),
      )}
    </ul>`;
  }

  #row(person: ParticipantInfo) {
    const { name, role, participantId } = person;
    const { roles } = this.session.t;
    return html`<li>
      <p class="who"><strong>${name}</strong><span class="soft small-text">${roles[role]}</span></p>
      ${this.declining === participantId ? this.#reasons(person) : this.#answers(person)}
    </li>`;
  }

  #answers({ participantId, name, role }: ParticipantInfo) {
    const { hosting, aside, t } = this.session;
    const { door } = t.people;
    const mayAside = mayAdmitAside({ role }, { someoneAside: aside !== null });
    return html`<div class="answers">
      <button class="button" aria-label="${door.decline} · ${name}" @click=${() => this.#ask(participantId)}>
        ${door.decline}
      </button>
      ${
        mayAside
          ? html`<button
              class="button"
              aria-label="${door.admitAside} · ${name}"
              @click=${() => void hosting.admit(participantId, { aside: true })}
            >
              ${door.admitAside}
            </button>`
          : nothing
      }
      <button
        class="button next"
        aria-label="${door.admit} · ${name}"
        @click=${() => void hosting.admit(participantId)}
      >
        ${door.admit}
      </button>
    </div>`;
  }

  #reasons({ participantId, name }: ParticipantInfo) {
    const { door, cancel } = this.session.t.people;
    return html`<div class="reasons" role="group" aria-label=${door.declineTitle(name)}>
      <p class="small-text soft">${door.declineTitle(name)}</p>
      ${door.reasons.map(
        (reason) =>
          html`<button
            class="reason"
            aria-pressed=${this.words === reason}
            @click=${() => (this.words = this.words === reason ? '' : reason)}
          >
            ${reason}
          </button>`,
      )}
      <input
        class="input"
        maxlength="128"
        aria-label=${door.ownWords}
        placeholder=${door.ownWords}
        .value=${door.reasons.includes(this.words) ? '' : this.words}
        @input=${(event: Event) => (this.words = (event.target as HTMLInputElement).value)}
      />
      <div class="answers">
        <button class="button" @click=${() => (this.declining = null)}>${cancel}</button>
        <button class="button next" @click=${() => this.#decline(participantId)}>
          ${this.words.trim() === '' ? door.decline : door.declineNow}
        </button>
      </div>
    </div>`;
  }

  #ask(participantId: string): void {
    this.words = '';
    this.declining = participantId;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.reason')?.focus());
  }

  #decline(participantId: string): void {
    this.declining = null;
    void this.session.hosting.decline(participantId, this.words);
  }
}
customElements.define('cx-waiting-list', WaitingList);
