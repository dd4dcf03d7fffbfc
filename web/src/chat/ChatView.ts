import { css, html, nothing } from 'lit';
import { icon } from '../components/icon.ts';
import { ChatElement } from './ChatElement.ts';
import type { PictureDetail } from './ChatPicture.ts';
import type { Composer } from './Composer.ts';
import './Composer.ts';
import { keyboardInset } from './keyboardInset.ts';
import type { MessageList } from './MessageList.ts';
import './MessageList.ts';
import type { PictureDialog } from './PictureDialog.ts';
import './PictureDialog.ts';

/** One conversation: its messages, and below them where one writes. Files can be dropped anywhere on it. */
export class ChatView extends ChatElement {
  static override properties = { ...ChatElement.properties, dropping: { state: true } };
  static override styles = [
    ...[ChatElement.styles].flat(),
    css`
      :host {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        position: relative;
        min-height: 0;
        padding-block-end: var(--keyboard, 0);
      }
      .foot {
        display: grid;
        gap: var(--cx-space-1);
        padding: 0 var(--cx-space-2) var(--cx-space-2);
        padding-block-end: max(var(--cx-space-2), env(safe-area-inset-bottom));
      }
      /* Its place is kept, so that nothing moves when someone begins to write. */
      .typing {
        min-height: 1.5rem;
        padding-inline: 14px;
        font-size: var(--cx-size-small);
        line-height: 1.5rem;
        color: var(--cx-text-soft);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .hint {
        display: flex;
        align-items: center;
        gap: var(--cx-space-2);
        padding: var(--cx-space-2) 14px;
        border-radius: var(--cx-radius);
        background: var(--cx-raised);
        font-size: var(--cx-size-small);
        line-height: 1.5;
      }
      .hint p {
        flex: 1;
      }
      .hint .button {
        width: 44px;
        min-height: 32px;
      }
      .drop {
        position: absolute;
        inset: var(--cx-space-2);
        display: grid;
        place-items: center;
        border: 2px dashed var(--cx-control-line);
        border-radius: 12px;
        background: var(--cx-surface);
        font-size: var(--cx-size-lead);
        pointer-events: none;
      }
    `,
  ];

  declare dropping: boolean;
  readonly #resized = () => this.#makeRoom();

  constructor() {
    super();
    this.dropping = false;
    this.addEventListener('picture', (event) => this.#dialog.open((event as CustomEvent<PictureDetail>).detail));
    this.addEventListener('dragover', (event) => this.#drag(event, true));
    this.addEventListener('dragleave', (event) => this.#drag(event, false));
    this.addEventListener('drop', (event) => this.#drop(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    visualViewport?.addEventListener('resize', this.#resized);
    visualViewport?.addEventListener('scroll', this.#resized);
    this.addEventListener('focusout', this.#resized);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    visualViewport?.removeEventListener('resize', this.#resized);
    visualViewport?.removeEventListener('scroll', this.#resized);
  }

  /** Where one begins to write. */
  async focusField(): Promise<void> {
    await this.updateComplete;
    await this.#composer?.updateComplete;
    this.#composer?.focusField();
  }

  jumpTo(seq: number): Promise<void> {
    return this.renderRoot.querySelector<MessageList>('cx-messages')!.jumpTo(seq);
  }

  protected override render() {
    const { chat } = this;
    const { chat: words } = chat.t;
    const [first, ...others] = chat.conversation.typing;
    return html`<cx-messages .chat=${chat}></cx-messages>
      <div class="foot">
        <p class="typing">${first ? words.typing(first.name, others.length) : nothing}</p>
        ${chat.isConnected ? nothing : html`<div class="hint" role="status"><p>${words.offlineHint}</p></div>`}
        ${
          chat.problem === null
            ? nothing
            : html`<div class="hint" role="alert">
                <p>${chat.problem}</p>
                <button class="button square" aria-label=${chat.t.notices.dismiss} @click=${() => chat.tell(null)}>
                  ${icon('close')}
                </button>
              </div>`
        }
        ${chat.mayWrite ? html`<cx-composer .chat=${chat}></cx-composer>` : html`<p class="typing">${words.readOnly}</p>`}
      </div>
      ${this.dropping ? html`<p class="drop">${words.upload.drop}</p>` : nothing}
      <cx-picture-dialog .chat=${chat}></cx-picture-dialog>`;
  }

  get #composer(): Composer | null {
    return this.renderRoot.querySelector('cx-composer');
  }

  get #dialog(): PictureDialog {
    return this.renderRoot.querySelector('cx-picture-dialog')!;
  }

  #drag(event: DragEvent, over: boolean): void {
    if (!this.chat.mayWrite || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = over;
  }

  #drop(event: DragEvent): void {
    this.dropping = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!this.chat.mayWrite || files.length === 0) return;
    event.preventDefault();
    this.#composer?.add(files);
  }

  /** On a phone the keyboard covers a part of the page: what is written stays above it. */
  #makeRoom(): void {
    const { bottom } = this.getBoundingClientRect();
    const isWriting = this.matches(':focus-within');
    const inset = visualViewport && isWriting ? keyboardInset(bottom, visualViewport) : 0;
    this.style.setProperty('--keyboard', `${inset}px`);
  }
}
customElements.define('cx-chat', ChatView);
