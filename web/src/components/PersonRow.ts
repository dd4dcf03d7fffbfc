import { css, html, nothing } from 'lit';
import { RemoteParticipant, type Participant } from '../../../client-sdk/src/index.ts';
import type { IconName } from '../design/icons.ts';
import { describeNetwork, describeTrouble } from '../i18n/describeNetwork.ts';
import { actionsFor, isAsked, silenced, type AskedAction, type PersonAction } from '../session/moderationPolicy.ts';
import { liveSources } from '../session/people.ts';
import { icon } from './icon.ts';
import './QualityMark.ts';
import { SessionElement } from './SessionElement.ts';

const icons: Readonly<Record<PersonAction, IconName>> = {
  mute: 'microphoneOff',
  hideCamera: 'cameraOff',
  hideCloseUp: 'cup',
  hideScreen: 'screenOff',
  handOver: 'handOver',
  remove: 'remove',
  ban: 'ban',
};

/** Someone in the room: who it is, how they are heard and seen, and behind a button what can be done about them. */
export class PersonRow extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    person: { attribute: false },
    opened: { state: true },
    asked: { state: true },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: block;
      }
      .line {
        display: flex;
        align-items: center;
        gap: var(--cx-space-2);
        min-height: 56px;
      }
      .who {
        flex: 1;
        min-width: 0;
        padding-block: var(--cx-space-1);
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      .who span {
        display: block;
        font-size: var(--cx-size-small);
      }
      .mark {
        display: inline-flex;
      }
      .button.square {
        width: 44px;
        min-height: 44px;
      }
      .actions,
      .question {
        display: grid;
        margin-block-end: var(--cx-space-2);
        border-radius: var(--cx-radius);
        background: var(--cx-raised);
        overflow: hidden;
      }
      .action {
        display: flex;
        align-items: center;
        gap: var(--cx-space-3);
        min-height: 44px;
        padding: var(--cx-space-1) var(--cx-space-3);
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .action .icon svg {
        width: 1.125rem;
        height: 1.125rem;
      }
      .action + .action {
        border-block-start: 1px solid var(--cx-line);
      }
      .action:focus-visible {
        outline-offset: -3px;
      }
      @media (hover: hover) {
        .action:hover {
          background: var(--cx-surround);
        }
      }
      .question {
        gap: var(--cx-space-3);
        padding: var(--cx-space-3);
        line-height: 1.5;
      }
      .answers {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cx-space-2);
      }
      .answers .button {
        flex: 1 1 auto;
        min-height: 44px;
      }
    `,
  ];

  declare person: Participant;
  declare opened: boolean;
  /** What is asked about before it is done. */
  declare asked: AskedAction | null;

  constructor() {
    super();
    this.opened = false;
    this.asked = null;
  }

  protected override render() {
    const { person, session } = this;
    const { t } = session;
    const { name, role, quality, isLocal, asideWith } = person;
    const trouble = describeTrouble(person, t);
    const actions = this.#actions;
    const isSilent = role !== 'observer' && !liveSources(person).includes('microphone');
    return html`<div class="line">
        <p class="who">
          ${name}${isLocal ? html` <small class="soft">(${t.room.you})</small>` : nothing}
          <span class="soft"
            >${t.roles[role]}${asideWith === null ? nothing : html` · ${t.people.aside.tag}`}${
              trouble === null ? nothing : html` · ${trouble}`
            }</span
          >
        </p>
        ${
          isSilent
            ? html`<span class="mark small-icon soft" role="img" aria-label=${t.room.microphoneOff}
                >${icon('microphoneOff')}</span
              >`
            : nothing
        }
        <cx-quality .quality=${quality} .label=${describeNetwork(person, t)}></cx-quality>
        ${
          actions.length > 0
            ? html`<button
                class="button square"
                aria-label=${t.people.menu.open(name)}
                aria-expanded=${this.opened}
                @click=${() => this.#toggle()}
              >
                ${icon('more')}
              </button>`
            : nothing
        }
      </div>
      ${this.asked !== null && actions.includes(this.asked) ? this.#question(this.asked) : this.#menu(actions)}`;
  }

  #menu(actions: readonly PersonAction[]) {
    if (!this.opened || actions.length === 0) return nothing;
    const { menu } = this.session.t.people;
    return html`<div class="actions" role="group" aria-label=${menu.open(this.person.name)}>
      ${actions.map(
        (action) =>
          html`<button class="action" @click=${() => this.#choose(action)}>
            ${icon(icons[action])}<span>${menu[action]}</span>
          </button>`,
      )}
    </div>`;
  }

  #question(action: AskedAction) {
    const { questions, confirm, cancel } = this.session.t.people;
    return html`<div class="question" role="alert">
      <p>${questions[action](this.person.name)}</p>
      <div class="answers">
        <button class="button" @click=${() => (this.asked = null)}>${cancel}</button>
        <button class="button next" @click=${() => this.#confirm(action)}>${confirm[action]}</button>
      </div>
    </div>`;
  }

  get #actions(): PersonAction[] {
    const { room } = this.session;
    const { person } = this;
    // Whoever one sees, but oneself.
    if (!(person instanceof RemoteParticipant)) return [];
    const { role, isLocal, asideWith } = person;
    const other = { role, isLocal, isAside: asideWith !== null, live: liveSources(person) };
    return actionsFor(other, { role: room.localParticipant.role, grants: room.grants });
  }

  #toggle(): void {
    this.asked = null;
    this.opened = !this.opened;
  }

  #choose(action: PersonAction): void {
    if (isAsked(action)) this.asked = action;
    else void this.session.hosting.silence(this.person.participantId, silenced[action]);
  }

  #confirm(action: AskedAction): void {
    const { hosting } = this.session;
    const { participantId } = this.person;
    this.asked = null;
    this.opened = false;
    if (action === 'handOver') void hosting.handOver(participantId);
    else void hosting.remove(participantId, { ban: action === 'ban' });
  }
}
customElements.define('cx-person', PersonRow);
