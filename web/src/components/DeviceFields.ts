import { css, html, nothing } from 'lit';
import { AudioOutput } from '../session/AudioOutput.ts';
import type { CaptureSource } from '../session/CaptureSlot.ts';
import { icon } from './icon.ts';
import './LevelMeter.ts';
import { SessionElement } from './SessionElement.ts';
import './TrackVideo.ts';

/** Which camera, microphone, speaker and close-up camera; before the join and in the room. */
export class DeviceFields extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
        gap: var(--cx-space-3);
      }
      .row {
        display: flex;
        gap: var(--cx-space-2);
      }
      .row select {
        flex: 1;
        min-width: 0;
      }
      cx-level-meter {
        margin-block-start: var(--cx-space-1);
      }
      .close-up {
        width: min(100%, 20rem);
        aspect-ratio: 16 / 9;
        border-radius: var(--cx-radius-picture);
        background: var(--cx-picture);
        overflow: hidden;
      }
    `,
  ];

  protected override render() {
    const { media, t } = this.session;
    const { slots } = media;
    return html`${media.may('camera') ? this.#captureField('camera', 'videoinput', t.devices.camera) : nothing}
    ${
      media.may('microphone')
        ? html`<div>
            ${this.#captureField('microphone', 'audioinput', t.devices.microphone)}
            <cx-level-meter
              .label=${t.preview.level}
              .track=${
                slots.microphone.on ? (slots.microphone.published?.mediaStreamTrack ?? slots.microphone.preview) : null
              }
            ></cx-level-meter>
          </div>`
        : nothing
    }
    ${AudioOutput.canChoose ? this.#speakerField() : nothing}
    ${media.may('teaCloseUp') ? this.#closeUpField() : nothing}`;
  }

  #captureField(source: CaptureSource, kind: MediaDeviceKind, label: string) {
    const { media } = this.session;
    return html`<div class="field">
      <label for=${source}>${label}</label>
      <select
        id=${source}
        @change=${(event: Event) => void media.choose(source, (event.target as HTMLSelectElement).value)}
      >
        ${this.#options(media.list(kind), media.slots[source].deviceId)}
      </select>
    </div>`;
  }

  #speakerField() {
    const { media, audio, t } = this.session;
    const speakers = media.list('audiooutput');
    return html`<div class="field">
      <label for="speaker">${t.devices.speaker}</label>
      <div class="row">
        <select id="speaker" @change=${(event: Event) => void audio.choose((event.target as HTMLSelectElement).value)}>
          ${this.#options(speakers, audio.speaker)}
        </select>
        <button class="button" @click=${() => void audio.test()}>${t.devices.testSpeaker}</button>
      </div>
    </div>`;
  }

  #closeUpField() {
    const { media, t } = this.session;
    const slot = media.slots.teaCloseUp;
    const chosen = slot.on || slot.busy;
    return html`<div class="field">
      <label for="teaCloseUp">${t.devices.closeUp}</label>
      <select id="teaCloseUp" aria-describedby="close-up-hint" @change=${this.#closeUpChosen}>
        <option value="" .selected=${!chosen}>${t.devices.none}</option>
        ${media
          .list('videoinput')
          .map(
            ({ deviceId, label }, index) =>
              html`<option value=${deviceId} .selected=${chosen && deviceId === slot.deviceId}>
                ${label || t.devices.unnamed(index + 1)}
              </option>`,
          )}
      </select>
      <p id="close-up-hint" class="small-text soft">
        ${slot.error === null ? t.preview.closeUpHint : t.sentence(t.errors[slot.error])}
      </p>
      ${
        slot.preview
          ? html`<div class="close-up"><cx-track-video .preview=${slot.preview}></cx-track-video></div>`
          : nothing
      }
      ${
        slot.published
          ? html`<button class="button" @click=${() => this.#openCup()}>${icon('adjust')}${t.cup.openLabel}</button>`
          : nothing
      }
    </div>`;
  }

  #openCup(): void {
    this.dispatchEvent(new CustomEvent('cx-cup', { bubbles: true, composed: true }));
  }

  #closeUpChosen(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    const { media } = this.session;
    if (value === '') void media.slots.teaCloseUp.set(false);
    else void media.choose('teaCloseUp', value);
  }

  #options(list: readonly MediaDeviceInfo[], chosen: string | undefined) {
    const { devices: words } = this.session.t;
    // One option always, so that the field keeps its size and says something before the permission is given.
    if (list.length === 0) return html`<option value="">${words.systemDefault}</option>`;
    return list.map(
      ({ deviceId, label }, index) =>
        html`<option value=${deviceId} .selected=${deviceId === chosen}>${label || words.unnamed(index + 1)}</option>`,
    );
  }
}
customElements.define('cx-device-fields', DeviceFields);
