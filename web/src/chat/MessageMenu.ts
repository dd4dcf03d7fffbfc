import { css, html, nothing } from 'lit';
import type { ChatMessage, MemberInfo } from '../../../client-sdk/src/messaging/index.ts';
import { icon } from '../components/icon.ts';
import type { IconName } from '../design/icons.ts';
import { ChatElement } from './ChatElement.ts';
import { placeMenu } from './placeMenu.ts';

/** What suits a talk about tea. */
const emojis = ['👍', '❤️', '😄', '🙏', '🍵', '👀'];

export type MenuPage = 'actions' | 'delete' | 'receipts';

/** What can be done with one message, beside it; on a phone at the lower edge, where the thumb is. */
export class MessageMenu extends ChatElement {
  static override properties = {
    ...ChatElement.properties,
    message: { state: true },
    page: { state: true },
  };
  static override styles = [
    ...[ChatElement.styles].flat(),
    css`
      [popover] {
        position: fixed;
        inset: var(--top) auto auto var(--left);
        width: 17.5rem;
        max-height: min(26rem, 90vh);
        margin: 0;
        padding: var(--cx-space-2);
        border: 0;
        border-radius: 12px;
        background: var(--cx-surface);
        color: var(--cx-text);
        box-shadow: var(--cx-shade);
        overflow-y: auto;
      }
      .emojis {
        display: grid;
        grid-template-columns: repeat(6, 1fr);
      }
      .emojis button {
        height: 44px;
        padding: 0;
        border: 0;
        border-radius: var(--cx-radius);
        background: none;
        font-size: 1.375rem;
        line-height: 1;
        cursor: pointer;
      }
      .emojis button[aria-pressed='true'],
      .emojis button:hover {
        background: var(--cx-raised);
      }
      .action {
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 44px;
        padding: 0 12px;
        border: 0;
        border-radius: var(--cx-radius);
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .action svg {
        width: 1.125rem;
        height: 1.125rem;
      }
      @media (hover: hover) {
        .action:hover {
          background: var(--cx-raised);
        }
      }
      .emojis + .action {
        margin-block-start: var(--cx-space-1);
      }
      .question {
        display: grid;
        gap: var(--cx-space-3);
        padding: var(--cx-space-2);
      }
      .buttons {
        display: grid;
        gap: var(--cx-space-2);
      }
      .receipts {
        padding: var(--cx-space-2);
      }
      h3 {
        font-size: var(--cx-size-body);
      }
      h4 {
        margin: var(--cx-space-2) 0 0;
        font-size: var(--cx-size-small);
        font-weight: 400;
        color: var(--cx-text-soft);
      }
      li {
        overflow-wrap: anywhere;
      }
      @media (max-width: 700px) {
        [popover] {
          inset: auto 0 0;
          width: auto;
          max-height: 70vh;
          border-radius: 16px 16px 0 0;
          padding: var(--cx-space-3);
          padding-block-end: max(var(--cx-space-3), env(safe-area-inset-bottom));
        }
        [popover]::backdrop {
          background: rgb(0 0 0 / 32%);
        }
        .action {
          min-height: 52px;
        }
        .emojis button {
          height: 52px;
          font-size: 1.625rem;
        }
      }
    `,
  ];

  declare message: ChatMessage | null;
  declare page: MenuPage;
  #anchor: HTMLElement | null = null;

  constructor() {
    super();
    this.message = null;
    this.page = 'actions';
  }

  /** Beside `anchor`, which gets the focus back. */
  async open(message: ChatMessage, anchor: HTMLElement, page: MenuPage = 'actions'): Promise<void> {
    this.message = message;
    this.page = page;
    this.#anchor = anchor;
    await this.updateComplete;
    const { popup } = this;
    popup.showPopover();
    const { left, top } = placeMenu(anchor.getBoundingClientRect(), popup.getBoundingClientRect(), {
      width: innerWidth,
      height: innerHeight,
    });
    popup.style.setProperty('--left', `${left}px`);
    popup.style.setProperty('--top', `${top}px`);
    this.#focusFirst();
  }

  protected override render() {
    const { message } = this;
    return html`<div
      popover="auto"
      role="dialog"
      aria-label=${this.#label}
      @toggle=${this.#toggled}
      @keydown=${(event: Event) => event.stopPropagation()}
    >
      ${message === null ? nothing : this.#content(message)}
    </div>`;
  }

  get popup(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('[popover]')!;
  }

  get #label(): string {
    const { chat: words } = this.chat.t;
    if (this.page === 'delete') return words.deleteConfirm;
    if (this.page === 'receipts') return words.receipts.title;
    return this.message ? words.actions(this.chat.nameOf(this.message)) : '';
  }

  #content(message: ChatMessage) {
    switch (this.page) {
      case 'actions':
        return this.#actions(message);
      case 'delete':
        return this.#question(message);
      case 'receipts':
        return this.#receipts(message);
    }
  }

  #actions(message: ChatMessage) {
    const { chat } = this;
    const { chat: words } = chat.t;
    const { seq, content } = message;
    const text = content && 'text' in content ? content.text : '';
    const mayAnswer = chat.mayWrite && seq !== null && content !== null;
    return html`${mayAnswer ? this.#emojis(message) : nothing}
    ${mayAnswer ? this.#action('reply', words.reply, () => chat.reply(message)) : nothing}
    ${text === '' ? nothing : this.#action('copy', words.copy, () => void this.#copy(text))}
    ${
      message.isOwn && seq !== null && chat.isForSeveral
        ? this.#action('read', words.receipts.title, () => this.#turn('receipts'))
        : nothing
    }
    ${chat.mayEdit(message) ? this.#action('edit', words.edit, () => chat.edit(message)) : nothing}
    ${chat.mayDelete(message) ? this.#action('trash', words.delete, () => this.#turn('delete')) : nothing}`;
  }

  #emojis(message: ChatMessage) {
    const { chat } = this;
    return html`<div class="emojis">
      ${emojis.map((emoji) => {
        const has = message.reactions.some(
          (reaction) => reaction.emoji === emoji && reaction.identities.includes(chat.identity),
        );
        return html`<button
          aria-label=${chat.t.chat.react(emoji)}
          aria-pressed=${has}
          @click=${() => this.#done(() => void chat.react(message, emoji))}
        >
          ${emoji}
        </button>`;
      })}
    </div>`;
  }

  #action(name: IconName, label: string, act: () => void) {
    const turns = name === 'trash' || name === 'read';
    return html`<button class="action" @click=${() => (turns ? act() : this.#done(act))}>
      ${icon(name)} ${label}
    </button>`;
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      this.chat.tell(this.chat.t.picker.notCopied);
    }
  }

  #question(message: ChatMessage) {
    const { chat: words } = this.chat.t;
    return html`<div class="question">
      <p>${words.deleteQuestion}</p>
      <div class="buttons">
        <button class="button next" @click=${() => this.#done(() => void this.chat.delete(message))}>
          ${words.deleteConfirm}
        </button>
        <button class="button" @click=${() => this.popup.hidePopover()}>${words.cancel}</button>
      </div>
    </div>`;
  }

  #receipts(message: ChatMessage) {
    const { conversation, others, t } = this.chat;
    const { receipts: words } = t.chat;
    const read = new Set(conversation.readBy(message));
    const delivered = conversation.deliveredTo(message).filter((member) => !read.has(member));
    const waiting = others.filter((member) => !read.has(member) && !delivered.includes(member));
    const group = (title: string, members: readonly MemberInfo[]) =>
      members.length === 0
        ? nothing
        : html`<h4>${title}</h4>
            <ul>
              ${members.map(({ name }) => html`<li><bdi>${name}</bdi></li>`)}
            </ul>`;
    return html`<div class="receipts" tabindex="-1">
      <h3>${words.title}</h3>
      ${group(words.read, [...read])} ${group(words.delivered, delivered)} ${group(words.waiting, waiting)}
    </div>`;
  }

  #turn(page: MenuPage): void {
    this.page = page;
    void this.updateComplete.then(() => this.#focusFirst());
  }

  #focusFirst(): void {
    this.popup.querySelector<HTMLElement>('button, [tabindex]')?.focus();
  }

  #done(act: () => void): void {
    this.popup.hidePopover();
    act();
  }

  #toggled(event: ToggleEvent): void {
    this.dispatchEvent(new CustomEvent('menu', { detail: event.newState === 'open' ? this.message : null }));
    if (event.newState === 'closed') this.#closed();
  }

  /** Whoever moved the focus elsewhere meanwhile has it there. */
  #closed(): void {
    if (this.shadowRoot?.activeElement) this.#anchor?.focus();
    this.message = null;
  }
}
customElements.define('cx-message-menu', MessageMenu);
