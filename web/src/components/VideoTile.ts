import { css, html, nothing } from 'lit';
import type { Participant } from '../../../client-sdk/src/index.ts';
import type { Shot } from '../layout/stagePolicy.ts';
import { describeNetwork, describeTrouble } from '../i18n/describeNetwork.ts';
import { initialsOf } from '../layout/initials.ts';
import { icon } from './icon.ts';
import './CupButton.ts';
import './CupOverlay.ts';
import './QualityMark.ts';
import { SessionElement } from './SessionElement.ts';
import './StillButton.ts';
import './TrackVideo.ts';

/**
 * One picture with its caption below, never over it. On the stage it is shown whole; in the strip people may be cropped
 * to the tile. A click puts it on the stage.
 */
export class VideoTile extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    shot: { attribute: false },
    large: { type: Boolean, reflect: true },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: block;
        width: var(--width);
        min-width: 0;
      }
      .picture {
        position: relative;
        display: block;
        width: 100%;
        height: var(--height);
        padding: 0;
        border: 0;
        border-radius: var(--cx-radius-picture);
        background: var(--cx-picture);
        overflow: hidden;
        cursor: pointer;
      }
      /* The ring of who speaks is neutral: a coloured one would tint the judgement. */
      :host([data-speaking]:not([large])) .picture {
        box-shadow:
          0 0 0 2px var(--cx-surround),
          0 0 0 5px var(--cx-text);
      }
      .initials {
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        font-size: clamp(1.25rem, calc(var(--height) / 4), 4.5rem);
        color: var(--cx-text-soft);
      }
      .mark {
        position: absolute;
        inset-block-start: var(--cx-space-2);
        inset-inline-end: var(--cx-space-2);
        display: flex;
        padding: 6px;
        border-radius: 50%;
        background: var(--cx-surface);
      }
      figcaption {
        display: flex;
        align-items: center;
        gap: 6px;
        height: 32px;
        padding-inline: 2px;
        font-size: var(--cx-size-small);
        line-height: 1.3;
        white-space: nowrap;
        overflow: hidden;
      }
      :host([large]) figcaption {
        font-size: var(--cx-size-body);
        gap: var(--cx-space-2);
      }
      .source {
        font-weight: 600;
        overflow: hidden;
        text-overflow: ellipsis;
        min-width: 0;
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        flex: 0 100 auto;
        min-width: 0;
      }
      .role {
        color: var(--cx-text-soft);
        overflow: hidden;
        text-overflow: ellipsis;
        /* Where room is short, the role goes before the name, and the name before what is shown. */
        flex: 0 1000 auto;
        min-width: 0;
      }
      cx-cup-button,
      cx-still-button {
        flex: none;
        margin-inline-start: auto;
      }
      :host(:not([large])) cx-cup-button + cx-still-button {
        margin-inline-start: 0;
      }
      cx-cup-button + cx-still-button,
      cx-cup-button + cx-quality,
      cx-still-button + cx-quality {
        margin-inline-start: var(--cx-space-1);
      }
      cx-quality {
        margin-inline-start: auto;
        flex: none;
      }
    `,
  ];

  declare shot: Shot;
  declare large: boolean;

  /** Back to where its panel was opened from. */
  focusCup(): void {
    this.renderRoot.querySelector<HTMLElement>('cx-cup-button')?.focus();
  }

  protected override render() {
    const person = this.session.people.find(({ participantId }) => participantId === this.shot.participantId);
    if (!person) return nothing;
    const { t } = this.session;
    const pinned = this.session.pinned === this.shot.key;
    const title = this.#title(person);
    this.toggleAttribute('data-speaking', person.isSpeaking && this.shot.source === 'camera');
    return html`<figure>
      <button
        class="picture"
        aria-pressed=${pinned}
        aria-label=${pinned ? t.room.unpin(title) : t.room.showOnStage(title)}
        @click=${() => this.session.togglePin(this.shot.key)}
      >
        ${this.#picture(person)} ${pinned ? html`<span class="mark small-icon">${icon('pin')}</span>` : nothing}
      </button>
      ${this.#caption(person)}
    </figure>`;
  }

  #picture(person: Participant) {
    const { source, live } = this.shot;
    if (!live) return html`<span class="initials" aria-hidden="true">${initialsOf(person.name)}</span>`;
    return html`<cx-track-video
        .track=${person.tracks.get(source)}
        ?mirrored=${person.isLocal && source === 'camera'}
        ?cropped=${!this.large && source === 'camera'}
        @aspect=${(event: CustomEvent<number>) =>
          this.dispatchEvent(new CustomEvent('aspect', { detail: { key: this.shot.key, aspect: event.detail } }))}
      ></cx-track-video>
      ${this.#isOwnCup(person) ? this.#cupOverlay() : nothing}`;
  }

  #cupOverlay() {
    const { measurement, uncorrected } = this.session.cupColor;
    return html`<cx-cup-overlay .outline=${measurement.outline} .picture=${uncorrected}></cx-cup-overlay>`;
  }

  #isOwnCup(person: Participant): boolean {
    return person.isLocal && this.shot.source === 'teaCloseUp';
  }

  #caption(person: Participant) {
    const { t } = this.session;
    const extra = this.shot.source === 'camera' ? '' : this.#sourceName;
    const silent = this.shot.source === 'camera' && !microphoneOn(person);
    const trouble = describeTrouble(person, t, { brief: !this.large });
    return html`<figcaption>
      ${extra && html`<span class="source">${extra}</span>`}
      <span class="name">${person.isLocal ? t.room.you : person.name}</span>
      <span class="role">${trouble ?? (person.asideWith === null ? t.roles[person.role] : t.people.aside.tag)}</span>
      ${
        silent
          ? html`<span class="small-icon soft" role="img" aria-label=${t.room.microphoneOff}
              >${icon('microphoneOff')}</span
            >`
          : nothing
      }
      ${
        this.#isOwnCup(person)
          ? html`<cx-cup-button .session=${this.session} ?compact=${!this.large}></cx-cup-button>`
          : nothing
      }
      ${this.#stillButton(person)}
      <cx-quality .quality=${person.quality} .label=${describeNetwork(person, t)}></cx-quality>
    </figcaption>`;
  }

  #stillButton(person: Participant) {
    const { source, live } = this.shot;
    if (source !== 'teaCloseUp' || !live || !this.session.stills.mayTake) return nothing;
    return html`<cx-still-button
      .session=${this.session}
      .participantId=${person.participantId}
      .source=${source}
      .label=${this.#title(person)}
      ?compact=${!this.large}
    ></cx-still-button>`;
  }

  get #sourceName(): string {
    const { room } = this.session.t;
    return this.shot.source === 'screen' ? room.screen : room.closeUp;
  }

  #title(person: Participant): string {
    const name = person.isLocal ? this.session.t.room.you : person.name;
    return this.shot.source === 'camera' ? name : `${this.#sourceName} · ${name}`;
  }
}
customElements.define('cx-tile', VideoTile);

function microphoneOn(person: Participant): boolean {
  const microphone = person.tracks.get('microphone');
  return microphone !== undefined && !microphone.muted;
}
