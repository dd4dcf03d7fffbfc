import { css, html, nothing } from 'lit';
import './PageTools.ts';
import { pageLayout } from './pageLayout.ts';
import { SessionElement } from './SessionElement.ts';
import './TrackVideo.ts';

/** Waiting to be let in: with one's own picture, so that the time can be used. */
export class LobbyView extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    pageLayout,
    css`
      .self {
        width: min(100%, 22rem);
        aspect-ratio: 4 / 3;
        margin-block-end: var(--cx-space-3);
        border-radius: var(--cx-radius-picture);
        background: var(--cx-picture);
        overflow: hidden;
      }
      .room {
        font-size: var(--cx-size-body);
      }
      @container (max-height: 480px) {
        .self {
          display: none;
        }
      }
    `,
  ];

  protected override render() {
    const { session } = this;
    const { t } = session;
    const { camera } = session.media.slots;
    return html`<header class="top">
        <span class="brand">${t.brand}</span>
        <cx-page-tools .language=${session.language}></cx-page-tools>
      </header>
      <div class="words">
        ${
          camera.preview
            ? html`<div class="self">
                <cx-track-video .preview=${camera.preview} mirrored cropped></cx-track-video>
              </div>`
            : nothing
        }
        <p class="room soft">${session.room.info?.name ?? session.peek?.room}</p>
        <h1 tabindex="-1">${t.lobby.title}</h1>
        <p class="lead soft">${t.lobby.hint}</p>
        <button class="button" @click=${() => void session.leave()}>${t.lobby.leave}</button>
      </div>`;
  }
}
customElements.define('cx-lobby', LobbyView);
