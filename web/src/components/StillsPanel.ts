import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Still } from '../../../client-sdk/src/index.ts';
import { formatTime } from '../i18n/formatTime.ts';
import { SidePanel } from './SidePanel.ts';

/** The stills of the room, newest first; a click looks at one. */
export class StillsPanel extends SidePanel {
  static override styles = [
    ...SidePanel.styles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--cx-space-3) var(--cx-space-2);
        padding-block: var(--cx-space-2) var(--cx-space-3);
      }
      .still {
        display: block;
        width: 100%;
        padding: 0;
        border: 0;
        border-radius: var(--cx-radius-picture);
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .picture {
        display: block;
        width: 100%;
        aspect-ratio: 4 / 3;
        border-radius: var(--cx-radius-picture);
        background: var(--cx-picture);
        object-fit: cover;
      }
      .who {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--cx-space-2);
        padding-block: 6px 2px;
        font-size: var(--cx-size-small);
        line-height: 1.4;
      }
      .name {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      time {
        flex: none;
        color: var(--cx-text-soft);
        font-variant-numeric: tabular-nums;
      }
      .empty {
        display: grid;
        gap: var(--cx-space-2);
        padding-block: var(--cx-space-3);
      }
      .older {
        width: 100%;
        margin-block-end: var(--cx-space-2);
      }
      @container (max-width: 700px) {
        ul {
          grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
        }
      }
    `,
  ];

  protected override render() {
    const { stills, t } = this.session;
    const { list, complete, loading } = stills;
    return html`${this.header(list.length === 0 ? t.stills.control : t.stills.title(list.length, complete))}
      <div class="scroll">
        ${list.length === 0 && complete ? this.#empty() : nothing}
        <ul ?hidden=${list.length === 0}>
          ${repeat(
            list,
            ({ stillId }) => stillId,
            (still) => this.#row(still),
          )}
        </ul>
        ${
          complete
            ? nothing
            : html`<button class="button small older" aria-busy=${loading} @click=${() => void stills.more()}>
                ${t.stills.older}
              </button>`
        }
      </div>`;
  }

  #empty() {
    const { stills, t } = this.session;
    const { empty, emptyHint, emptyWatching } = t.stills;
    return html`<div class="empty">
      <p>${empty}</p>
      <p class="soft small-text">${stills.mayTake ? emptyHint : emptyWatching}</p>
    </div>`;
  }

  #row({ stillId, previewUrl, source, takenAt, takenFrom, requestedBy }: Still) {
    const { stills, t, language } = this.session;
    const when = formatTime(takenAt, Date.now(), language);
    const what = `${t.stills.sources[source]} · ${takenFrom.name}`;
    return html`<li>
      <button class="still" @click=${() => stills.view(stillId)}>
        ${this.#preview(previewUrl, t.stills.picture(what))}
        <span class="who">
          <span class="name">${requestedBy.name}</span>
          <time datetime=${new Date(takenAt).toISOString()}>${when}</time>
        </span>
      </button>
    </li>`;
  }

  /** Whatever came without a small picture may be too large to be shown unasked: its place stays empty. */
  #preview(url: string | null, label: string) {
    if (url === null) return html`<span class="picture" role="img" aria-label=${label}></span>`;
    return html`<img
      class="picture"
      src=${url}
      alt=${label}
      crossorigin="anonymous"
      loading="lazy"
      decoding="async"
    />`;
  }
}
customElements.define('cx-stills', StillsPanel);
