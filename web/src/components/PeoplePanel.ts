import { css, html, nothing, type PropertyValues } from 'lit';
import type { Participant, ParticipantInfo } from '../../../client-sdk/src/index.ts';
import { RemoteParticipant } from '../../../client-sdk/src/index.ts';
import { icon } from './icon.ts';
import './QualityMark.ts';
import { SessionElement } from './SessionElement.ts';

/** Who is here and who waits, with what the own grants allow to do about it. */
export class PeoplePanel extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    hidden: { type: Boolean, reflect: true },
    removing: { state: true },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: flex;
        flex-direction: column;
        width: 336px;
        min-height: 0;
        padding: var(--cx-space-3);
        background: var(--cx-surface);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      h2 {
        font-size: var(--cx-size-lead);
      }
      h2:focus {
        outline: none;
      }
      h3 {
        margin-block: var(--cx-space-3) var(--cx-space-1);
        font-size: var(--cx-size-small);
        font-weight: 400;
        color: var(--cx-text-soft);
      }
      .scroll {
        overflow-y: auto;
        min-height: 0;
        margin-inline: calc(-1 * var(--cx-space-2));
        padding-inline: var(--cx-space-2);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cx-space-1) var(--cx-space-2);
        min-height: 56px;
        border-block-end: 1px solid var(--cx-line);
      }
      li:last-child {
        border: 0;
      }
      .who {
        flex: 1;
        min-width: 96px;
        line-height: 1.4;
        padding-block: var(--cx-space-1);
        overflow-wrap: anywhere;
      }
      .who span {
        display: block;
        font-size: var(--cx-size-small);
      }
      .question {
        flex-basis: 100%;
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: var(--cx-space-2);
        padding-block-end: var(--cx-space-2);
      }
      .question p {
        flex: 1 0 8rem;
      }
      .button.square {
        width: 44px;
        min-height: 44px;
      }
      @container (max-width: 700px) {
        :host {
          width: auto;
          max-height: 72%;
          border-radius: 12px 12px 0 0;
          box-shadow: var(--cx-shade);
          padding-block-end: max(var(--cx-space-3), env(safe-area-inset-bottom));
        }
      }
    `,
  ];

  /** Participant whose removal is asked about. */
  declare removing: string | null;

  constructor() {
    super();
    this.hidden = true;
    this.removing = null;
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#close();
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.get('hidden') === true) this.renderRoot.querySelector('h2')?.focus();
  }

  protected override render() {
    const { session } = this;
    const { people: words, controls } = session.t;
    const { people, waiting } = session;
    return html`<header>
        <h2 tabindex="-1">${words.title(people.length)}</h2>
        <button class="button square" aria-label=${controls.close} @click=${() => this.#close()}>
          ${icon('close')}
        </button>
      </header>
      <div class="scroll">
        ${
          waiting.length > 0
            ? html`<h3>${words.waiting}</h3>
                <ul>
                  ${waiting.map((person) => this.#waitingRow(person))}
                </ul>`
            : nothing
        }
        <ul>
          ${people.map((person) => this.#row(person))}
        </ul>
      </div>`;
  }

  #waitingRow({ participantId, name, role }: ParticipantInfo) {
    const { people: words, roles } = this.session.t;
    return html`<li>
      <p class="who">${name}<span class="soft">${roles[role]}</span></p>
      <button
        class="button small"
        aria-label="${words.decline} · ${name}"
        @click=${() => void this.session.decline(participantId)}
      >
        ${words.decline}
      </button>
      <button
        class="button small next"
        aria-label="${words.admit} · ${name}"
        @click=${() => void this.session.admit(participantId)}
      >
        ${words.admit}
      </button>
    </li>`;
  }

  #row(person: Participant) {
    const { t } = this.session;
    const { name, role, connection, quality, isLocal } = person;
    return html`<li>
      <p class="who">
        ${name}${isLocal ? html` <small class="soft">(${t.room.you})</small>` : nothing}
        <span class="soft">${connection === 'reconnecting' ? t.room.reconnecting : t.roles[role]}</span>
      </p>
      ${person instanceof RemoteParticipant && this.session.room.grants?.moderate ? this.#moderation(person) : nothing}
      <cx-quality .quality=${quality} .label=${t.qualities[quality]}></cx-quality>
      ${this.removing === person.participantId ? this.#question(person) : nothing}
    </li>`;
  }

  #moderation(person: RemoteParticipant) {
    const { people: words } = this.session.t;
    const microphone = person.tracks.get('microphone');
    return html`${
        microphone && !microphone.muted
          ? html`<button
              class="button square"
              aria-label=${words.mute(person.name)}
              @click=${() => void this.session.silence(person.participantId)}
            >
              ${icon('microphone')}
            </button>`
          : nothing
      }
      <button
        class="button square"
        aria-label=${words.remove(person.name)}
        @click=${() => (this.removing = person.participantId)}
      >
        ${icon('remove')}
      </button>`;
  }

  #question({ participantId, name }: Participant) {
    const { people: words } = this.session.t;
    return html`<div class="question" role="alert">
      <p>${words.removeQuestion(name)}</p>
      <button class="button small" @click=${() => (this.removing = null)}>${words.cancel}</button>
      <button class="button small next" @click=${() => this.#remove(participantId)}>${words.removeConfirm}</button>
    </div>`;
  }

  #remove(participantId: string): void {
    this.removing = null;
    void this.session.remove(participantId);
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
customElements.define('cx-people', PeoplePanel);
