import { css, html, nothing } from 'lit';
import type { CaptureSource } from '../session/CaptureSlot.ts';
import '../guide/GuideView.ts';
import './DeviceFields.ts';
import './DeviceSwitches.ts';
import './PageTools.ts';
import { pageLayout } from './pageLayout.ts';
import { SessionElement } from './SessionElement.ts';
import './TrackVideo.ts';

/** Before the join: how one will look and sound, and the one thing to do next. */
export class PreviewView extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    pageLayout,
    css`
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1.6fr) minmax(280px, 1fr);
        align-content: start;
        gap: var(--cx-space-5);
        width: min(100%, 76rem);
        margin-inline: auto;
        padding: clamp(8px, 6cqh, 72px) var(--cx-space-4) var(--cx-space-4);
      }
      .picture {
        position: relative;
        display: grid;
        place-items: center;
        aspect-ratio: 4 / 3;
        max-height: 66cqh;
        width: 100%;
        border-radius: var(--cx-radius-picture);
        background: var(--cx-picture);
        overflow: hidden;
      }
      cx-track-video {
        position: absolute;
        inset: 0;
      }
      .message {
        display: grid;
        justify-items: center;
        gap: var(--cx-space-2);
        max-width: 28rem;
        padding: var(--cx-space-3);
        text-align: center;
      }
      cx-device-switches {
        margin-block-start: var(--cx-space-3);
      }
      .ask {
        display: grid;
        align-content: start;
        gap: var(--cx-space-4);
      }
      .ask header {
        min-height: 4.5rem;
      }
      .join {
        width: 100%;
        min-height: 56px;
        font-size: var(--cx-size-lead);
      }
      @container (max-width: 700px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
          gap: var(--cx-space-3);
          padding: 0 var(--cx-space-3);
        }
        .picture {
          max-height: 40cqh;
        }
        cx-device-switches {
          margin-block-start: var(--cx-space-2);
        }
        .ask {
          gap: var(--cx-space-3);
        }
        .ask header {
          min-height: 0;
        }
        .next-step {
          position: sticky;
          inset-block-end: 0;
          order: 1;
          margin-inline: calc(-1 * var(--cx-space-3));
          padding: var(--cx-space-2) var(--cx-space-3) max(var(--cx-space-3), env(safe-area-inset-bottom));
          background: var(--cx-surround);
        }
      }
      @container (max-height: 480px) and (min-width: 560px) {
        .columns {
          gap: var(--cx-space-3);
          padding-block: 0 var(--cx-space-2);
        }
        .columns > :first-child {
          position: sticky;
          inset-block-start: 0;
        }
        .picture {
          aspect-ratio: auto;
          height: 58cqh;
        }
        cx-device-switches {
          margin-block-start: var(--cx-space-2);
        }
        .ask header {
          min-height: 0;
        }
      }
    `,
  ];

  protected override render() {
    const { session } = this;
    const { t, peek, room, media } = session;
    const name = room.info?.name ?? peek?.room;
    const role = room.info ? room.localParticipant.role : peek?.role;
    const person = room.info ? room.localParticipant.name : peek?.name;
    const joining = session.phase === 'joining';
    return html`<header class="top">
        <span class="brand">${t.brand}</span>
        <cx-page-tools .language=${session.language}></cx-page-tools>
      </header>
      <div class="columns">
        <div>
          <div class="picture">${this.#picture()}</div>
          <cx-device-switches .session=${session}></cx-device-switches>
        </div>
        <div class="ask">
          <header>
            <h1 tabindex="-1">${name ?? t.preview.title}</h1>
            ${role && person ? html`<p class="lead soft">${t.preview.as(t.roles[role], person)}</p>` : nothing}
          </header>
          <div class="next-step">
            <button class="button next join" ?disabled=${joining} @click=${() => void session.join()}>
              ${joining ? t.preview.joining : t.preview.join}
            </button>
          </div>
          ${
            this.#publishes
              ? html`${this.#microphoneProblem()}<cx-device-fields .session=${session}></cx-device-fields>`
              : nothing
          }
          ${media.may('camera') ? nothing : html`<p class="soft">${t.preview.withoutMediaHint}</p>`}
          <cx-guide-view .session=${session} level="2"></cx-guide-view>
        </div>
      </div>`;
  }

  get #publishes(): boolean {
    const { media } = this.session;
    return media.may('camera') || media.may('microphone');
  }

  #picture() {
    const { media, t } = this.session;
    const { camera } = media.slots;
    if (!media.may('camera')) return html`<p class="message lead">${t.preview.withoutMedia}</p>`;
    if (camera.on) return html`<cx-track-video .preview=${camera.preview} mirrored cropped></cx-track-video>`;
    if (camera.error !== null) return this.#problem('camera');
    return html`<p class="message">${camera.busy ? t.preview.opening : t.preview.cameraOff}</p>`;
  }

  /** What is wrong with a device, how to put it right, and that one may come in without it. */
  #problem(source: CaptureSource) {
    const { media, t } = this.session;
    const { error } = media.slots[source];
    if (error === null) return nothing;
    const { what, how } = this.#bothDenied ? t.preview.bothDenied : t.errors[error];
    return html`<div class="message" role="alert">
      <p class="lead">${what}</p>
      <p>${how}${t.gap}${t.preview.stillJoin}</p>
      <button class="button" @click=${() => void media.openPreview()}>${t.preview.retry}</button>
    </div>`;
  }

  #microphoneProblem() {
    const { camera, microphone } = this.session.media.slots;
    const told = this.#bothDenied || microphone.error === camera.error;
    return microphone.error === null || told ? nothing : this.#problem('microphone');
  }

  /** One permission is often refused for both: once is enough to read it. */
  get #bothDenied(): boolean {
    const { camera, microphone } = this.session.media.slots;
    return camera.error === 'cameraDenied' && microphone.error === 'microphoneDenied';
  }
}
customElements.define('cx-preview', PreviewView);
