import { css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Still } from '../../../client-sdk/src/index.ts';
import { formatTime } from '../i18n/formatTime.ts';
import { SessionElement } from './SessionElement.ts';

/** Small pictures of the stills that are known, newest first; a click looks at one. */
export class StillList extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: block;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(8.75rem, 1fr));
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
    `,
  ];

  protected override render() {
    return html`<ul>
      ${repeat(
        this.session.stills.list,
        ({ stillId }) => stillId,
        (still) => this.#row(still),
      )}
    </ul>`;
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
customElements.define('cx-still-list', StillList);
