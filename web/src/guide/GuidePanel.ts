import { css, html, nothing } from 'lit';
import { icon } from '../components/icon.ts';
import { SidePanel } from '../components/SidePanel.ts';
import './GuideEditor.ts';
import './GuideView.ts';

/** The tasting guide beside the cup: to read, and for who leads to write. */
export class GuidePanel extends SidePanel {
  static override styles = [
    ...SidePanel.styles,
    css`
      :host {
        width: 392px;
      }
      .scroll {
        flex: 1;
        padding-block-end: var(--cx-space-2);
      }
      cx-guide-view {
        margin-block-start: var(--cx-space-1);
      }
      .empty {
        display: grid;
        justify-items: start;
        gap: var(--cx-space-2);
        padding-block: var(--cx-space-3);
      }
      .empty .button {
        margin-block-start: var(--cx-space-2);
      }
      .tools {
        display: flex;
        gap: var(--cx-space-1);
      }
      @container (max-width: 700px) {
        :host {
          width: auto;
        }
      }
    `,
  ];

  protected override render() {
    const { guide, t } = this.session;
    const { editing } = guide;
    const words = t.guide;
    return html`<header>
        <h2 tabindex="-1">${editing ? words.editor.title : words.title}</h2>
        <div class="tools">
          ${
            editing
              ? html`<button class="button square" aria-label=${words.title} @click=${() => guide.stopEditing()}>
                  ${icon('back')}
                </button>`
              : guide.mayLead && guide.current
                ? html`<button class="button square" aria-label=${words.edit} @click=${() => guide.edit()}>
                    ${icon('edit')}
                  </button>`
                : nothing
          }
          ${this.closeButton()}
        </div>
      </header>
      ${
        editing
          ? html`<cx-guide-editor
              .session=${this.session}
              .editing=${editing}
              @done=${(event: CustomEvent<{ saved: boolean }>) => this.#done(event.detail)}
            ></cx-guide-editor>`
          : html`<div class="scroll">
              ${guide.current ? html`<cx-guide-view .session=${this.session}></cx-guide-view>` : this.#empty()}
            </div>`
      }`;
  }

  #done({ saved }: { saved: boolean }): void {
    const { session } = this;
    session.guide.stopEditing();
    if (saved) session.announce(session.t.guide.editor.saved);
  }

  #empty() {
    const { guide, t } = this.session;
    const { empty, emptyHint, emptyWaiting, write } = t.guide;
    return html`<div class="empty">
      <p>${empty}</p>
      <p class="soft small-text">${guide.mayLead ? emptyHint : emptyWaiting}</p>
      ${guide.mayLead ? html`<button class="button next" @click=${() => guide.edit()}>${write}</button>` : nothing}
    </div>`;
  }
}
customElements.define('cx-guide', GuidePanel);
