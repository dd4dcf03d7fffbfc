import { css, html, type PropertyValues } from 'lit';
import { chatHead, chatHeadStyles } from '../chat/chatHead.ts';
import type { ChatView } from '../chat/ChatView.ts';
import { icon } from './icon.ts';
import { SidePanel } from './SidePanel.ts';

/** The conversation of the room, beside the stage; on a phone over all of it. Its code comes with the conversation. */
export class ChatPanel extends SidePanel {
  static override styles = [
    ...SidePanel.styles,
    chatHeadStyles,
    css`
      :host {
        width: 392px;
        padding: 0;
      }
      header {
        flex: none;
        min-height: 64px;
        padding: var(--cx-space-2) var(--cx-space-2) var(--cx-space-2) 22px;
      }
      cx-chat,
      .said {
        flex: 1;
      }
      .said {
        display: grid;
        align-content: center;
        justify-items: center;
        gap: var(--cx-space-2);
        padding: var(--cx-space-4);
        text-align: center;
      }
      @container (max-width: 700px) {
        :host {
          width: auto;
          max-height: none;
          padding: 0;
          border-radius: 0;
        }
        header {
          padding-block-start: max(var(--cx-space-2), env(safe-area-inset-top));
        }
      }
    `,
  ];

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.session.chat.isShown = !this.hidden;
    if (changed.get('hidden') === true) {
      void this.session.chat.open();
      this.session.chat.chat?.shown();
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    // On a phone the keyboard would cover what one came to read.
    const isNew = changed.get('hidden') === true && matchMedia('(hover: hover)').matches;
    if (isNew) void this.renderRoot.querySelector<ChatView>('cx-chat')?.focusField?.();
  }

  protected override render() {
    const { chat } = this.session.chat;
    const { title } = this.session.t.chat;
    const head = chat ? chatHead(chat, { title }) : html`<h2 tabindex="-1">${title}</h2>`;
    return html`<header>${head} ${this.closeButton()}</header>
      ${chat ? html`<cx-chat .chat=${chat}></cx-chat>` : this.#waiting()}`;
  }

  #waiting() {
    const { chat, t } = this.session;
    if (chat.error === null) return html`<div class="said"><p class="soft" role="status">${t.chat.loading}</p></div>`;
    const { what, how } = t.errors[chat.error];
    return html`<div class="said" role="alert">
      <p>${what}</p>
      <p class="soft">${how}</p>
      <button class="button" @click=${() => void chat.open()}>${icon('chat')} ${t.preview.retry}</button>
    </div>`;
  }
}
customElements.define('cx-chat-panel', ChatPanel);
