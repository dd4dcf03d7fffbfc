import { css, html, nothing } from 'lit';
import '../guide/GuideView.ts';
import { initialsOf } from '../layout/initials.ts';
import './DeviceFields.ts';
import './DeviceSwitches.ts';
import './NoticeList.ts';
import './PageTools.ts';
import { pageLayout } from './pageLayout.ts';
import { SessionElement } from './SessionElement.ts';
import './StillList.ts';
import './StillViewer.ts';
import './TrackVideo.ts';

/** Before the door: who lets one in and what they say, one's own picture, and what there is to read meanwhile. */
export class LobbyView extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    pageLayout,
    css`
      .columns {
        display: grid;
        grid-template: auto 1fr / minmax(0, 1.3fr) minmax(20rem, 1fr);
        gap: var(--cx-space-4) var(--cx-space-5);
        width: min(100%, 76rem);
        margin-inline: auto;
        padding: clamp(8px, 5cqh, 56px) var(--cx-space-4) var(--cx-space-4);
      }
      .wait,
      .meanwhile {
        grid-column: 1;
        display: grid;
        align-content: start;
        gap: var(--cx-space-3);
      }
      .meanwhile {
        gap: var(--cx-space-4);
      }
      .self {
        grid-area: 1 / 2 / -1 / 3;
        align-self: start;
        position: sticky;
        inset-block-start: var(--cx-space-3);
        display: grid;
        gap: var(--cx-space-2);
      }
      .sign {
        display: flex;
        align-items: center;
        gap: var(--cx-space-2);
      }
      .dot {
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--cx-accent);
        animation: breathe 2.4s ease-in-out infinite;
      }
      @keyframes breathe {
        50% {
          opacity: 0.25;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .dot {
          animation: none;
        }
      }
      .word {
        margin: var(--cx-space-3) 0 0;
        padding: var(--cx-space-3) var(--cx-space-4);
        border-radius: var(--cx-radius);
        background: var(--cx-surface);
      }
      .word p:first-child {
        margin-block-end: var(--cx-space-1);
      }
      .word blockquote {
        margin: 0;
        font-size: var(--cx-size-lead);
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      h2 {
        margin-block-end: var(--cx-space-2);
        font-size: var(--cx-size-lead);
      }
      .picture {
        display: grid;
        place-items: center;
        aspect-ratio: 4 / 3;
        border-radius: var(--cx-radius-picture);
        background: var(--cx-picture);
        font-size: 3rem;
        color: var(--cx-text-soft);
        overflow: hidden;
      }
      details {
        border-block-start: 1px solid var(--cx-line);
      }
      summary {
        min-height: 44px;
        line-height: 44px;
        cursor: pointer;
      }
      .leave {
        justify-self: start;
      }
      cx-notices {
        position: fixed;
        inset: var(--cx-space-3) var(--cx-space-3) auto;
        z-index: 2;
        pointer-events: none;
      }
      @container (max-width: 700px) {
        .columns {
          grid-template: none / minmax(0, 1fr);
          gap: var(--cx-space-4);
          padding: var(--cx-space-2) var(--cx-space-3) max(var(--cx-space-4), env(safe-area-inset-bottom));
        }
        .self {
          grid-area: auto;
          position: static;
        }
        .picture {
          max-height: 34cqh;
          width: 100%;
        }
        .leave {
          justify-self: stretch;
        }
      }
    `,
  ];

  protected override render() {
    const { session } = this;
    const { t, media } = session;
    const shows = media.may('camera') || media.may('microphone');
    return html`<header class="top">
        <span class="brand">${t.brand}</span>
        <cx-page-tools .language=${session.language}></cx-page-tools>
      </header>
      <div class="columns">${this.#wait()} ${shows ? this.#self() : nothing} ${this.#meanwhile()}</div>
      <cx-notices .session=${session}></cx-notices>
      <cx-still-viewer .session=${session}></cx-still-viewer>`;
  }

  #wait() {
    const { room, peek, t } = this.session;
    const { lobby: words } = t.people;
    const { hostName = null, hostAway = null, lobbyNote = '' } = room.info ?? {};
    const who = hostAway ? words.hintAway(hostAway.name) : hostName === null ? words.hintNobody : words.hint(hostName);
    return html`<section class="wait">
      <p class="sign soft"><span class="dot"></span>${words.waiting} · ${room.info?.name ?? peek?.room}</p>
      <h1 tabindex="-1">${words.title}</h1>
      <div role="status">
        <p class="lead soft">${who}</p>
        ${
          lobbyNote === ''
            ? nothing
            : html`<div class="word">
                <p class="soft small-text">${hostName === null ? words.word : words.wordOf(hostName)}</p>
                <blockquote>${lobbyNote}</blockquote>
              </div>`
        }
      </div>
    </section>`;
  }

  #self() {
    const { session } = this;
    const { media, t, room } = session;
    const { camera } = media.slots;
    return html`<section class="self" aria-label=${t.people.lobby.self}>
      <div class="picture">
        ${
          camera.on
            ? html`<cx-track-video .preview=${camera.preview} mirrored cropped></cx-track-video>`
            : html`<span aria-hidden="true">${initialsOf(room.localParticipant.name)}</span>`
        }
      </div>
      <cx-device-switches .session=${session}></cx-device-switches>
      <details>
        <summary>${t.preview.devices}</summary>
        <cx-device-fields .session=${session}></cx-device-fields>
      </details>
    </section>`;
  }

  /** The guide is for everyone who waits; the stills are for who is asked for an opinion on them. */
  #meanwhile() {
    const { session } = this;
    const { room, stills, t } = session;
    const { lobby: words } = t.people;
    return html`<div class="meanwhile">
      ${
        room.guide.current
          ? html`<section>
              <h2>${words.guide}</h2>
              <cx-guide-view .session=${session}></cx-guide-view>
            </section>`
          : nothing
      }
      ${
        stills.list.length > 0
          ? html`<section>
              <h2>${words.stills}</h2>
              <cx-still-list .session=${session}></cx-still-list>
              ${
                stills.complete
                  ? nothing
                  : html`<button class="button small" aria-busy=${stills.loading} @click=${() => void stills.more()}>
                      ${t.stills.older}
                    </button>`
              }
            </section>`
          : nothing
      }
      <button class="button leave" @click=${() => void session.leave()}>${words.leave}</button>
    </div>`;
  }
}
customElements.define('cx-lobby', LobbyView);
