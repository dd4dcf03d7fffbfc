import { css, html, nothing } from 'lit';
import { SidePanel } from './SidePanel.ts';
import './StillList.ts';

/** The stills of the room, newest first; a click looks at one. */
export class StillsPanel extends SidePanel {
  static override styles = [
    ...SidePanel.styles,
    css`
      .empty {
        display: grid;
        gap: var(--cx-space-2);
        padding-block: var(--cx-space-3);
      }
      .older {
        width: 100%;
        margin-block-end: var(--cx-space-2);
      }
    `,
  ];

  protected override render() {
    const { stills, t } = this.session;
    const { list, complete, loading } = stills;
    return html`${this.header(list.length === 0 ? t.stills.control : t.stills.title(list.length, complete))}
      <div class="scroll">
        ${list.length === 0 && complete ? this.#empty() : nothing}
        <cx-still-list .session=${this.session} ?hidden=${list.length === 0}></cx-still-list>
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
}
customElements.define('cx-stills', StillsPanel);
