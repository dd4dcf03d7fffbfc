import { css, html, nothing } from 'lit';
import type { Participant, ParticipantInfo } from '../../../client-sdk/src/index.ts';
import { RemoteParticipant } from '../../../client-sdk/src/index.ts';
import { describeNetwork, describeTrouble } from '../i18n/describeNetwork.ts';
import { icon } from './icon.ts';
import './QualityMark.ts';
import { SidePanel } from './SidePanel.ts';

/** Who is here and who waits, with what the own grants allow to do about it. */
export class PeoplePanel extends SidePanel {
  static override properties = {
    ...SidePanel.properties,
    removing: { state: true },
  };
  static override styles = [
    ...SidePanel.styles,
    css`
      h3 {
        margin-block: var(--cx-space-3) var(--cx-space-1);
        font-size: var(--cx-size-small);
        font-weight: 400;
        color: var(--cx-text-soft);
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
    `,
  ];

  /** Participant whose removal is asked about. */
  declare removing: string | null;

  constructor() {
    super();
    this.removing = null;
  }

  protected override render() {
    const { session } = this;
    const { people: words } = session.t;
    const { people, waiting } = session;
    return html`${this.header(words.title(people.length))}
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
    const { name, role, quality, isLocal } = person;
    const network = describeNetwork(person, t);
    const trouble = describeTrouble(person, t);
    return html`<li>
      <p class="who">
        ${name}${isLocal ? html` <small class="soft">(${t.room.you})</small>` : nothing}
        <span class="soft">${t.roles[role]}${trouble === null ? nothing : html` · ${trouble}`}</span>
      </p>
      ${person instanceof RemoteParticipant && this.session.room.grants?.moderate ? this.#moderation(person) : nothing}
      <cx-quality .quality=${quality} .label=${network}></cx-quality>
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
}
customElements.define('cx-people', PeoplePanel);
