import { css, html, nothing } from 'lit';
import type { IconName } from '../design/icons.ts';
import type { CaptureSource } from '../session/CaptureSlot.ts';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';

/** Microphone and camera, on or off, below one's own picture: before the join, and at the door. */
export class DeviceSwitches extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: flex;
        gap: var(--cx-space-2);
      }
      .button[aria-pressed='true'] {
        border-color: transparent;
        background: var(--cx-inverse);
        color: var(--cx-on-inverse);
      }
      @container (max-width: 700px) {
        .button {
          flex: 1;
          padding-inline: var(--cx-space-1);
        }
      }
    `,
  ];

  protected override render() {
    const { devices } = this.session.t;
    return html`${this.#switch('microphone', 'microphone', 'microphoneOff', devices.microphone)}
    ${this.#switch('camera', 'camera', 'cameraOff', devices.camera)}`;
  }

  #switch(source: CaptureSource, on: IconName, off: IconName, label: string) {
    const { media } = this.session;
    if (!media.may(source)) return nothing;
    const slot = media.slots[source];
    return html`<button
      class="button"
      aria-pressed=${slot.on}
      aria-busy=${slot.busy}
      @click=${() => void slot.toggle()}
    >
      ${icon(slot.on ? on : off)}${label}
    </button>`;
  }
}
customElements.define('cx-device-switches', DeviceSwitches);
