import { css, html, nothing, type PropertyValues } from 'lit';
import type { AttachmentUrl, ChatMessage } from '../../../client-sdk/src/messaging/index.ts';
import { icon } from '../components/icon.ts';
import type { Chat } from './Chat.ts';
import { ChatElement } from './ChatElement.ts';

/** What the large view of a picture is opened with, by the event `picture`. */
export interface PictureDetail {
  url: string;
  name: string;
}

/** The picture of a message, in a box of the size that it will have. A click opens it large. */
export class ChatPicture extends ChatElement {
  static override properties = {
    ...ChatElement.properties,
    message: { attribute: false },
    url: { state: true },
    failed: { state: true },
  };
  static override styles = [
    ...[ChatElement.styles].flat(),
    css`
      :host {
        display: block;
      }
      button {
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        padding: 0;
        border: 0;
        background: var(--cx-picture);
        color: var(--cx-text-soft);
        cursor: zoom-in;
      }
      button:focus-visible {
        outline-offset: -3px;
      }
      img {
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
    `,
  ];

  declare message: ChatMessage;
  declare url: AttachmentUrl | null;
  declare failed: boolean;
  #asked: { chat: Chat; key: string } | null = null;

  constructor() {
    super();
    this.url = null;
    this.failed = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#asked?.chat === this.chat && this.#asked.key === this.message.key) return;
    this.#asked = { chat: this.chat, key: this.message.key };
    void this.#load();
  }

  protected override render() {
    const { url } = this;
    const name = this.#name;
    return html`<button aria-label=${this.chat.t.chat.picture.open(name)} @click=${() => void this.#open()}>
      ${
        url && !this.failed
          ? html`<img src=${url.previewUrl ?? url.url} alt="" decoding="async" @error=${() => (this.failed = true)} />`
          : this.failed
            ? icon('trouble')
            : nothing
      }
    </button>`;
  }

  get #name(): string {
    const { content } = this.message;
    return (content?.type === 'image' && content.attachment.name) || this.chat.t.chat.summary.image;
  }

  /** Once more where the link has expired or the network was away. */
  async #open(): Promise<void> {
    await this.#load();
    if (!this.url) return this.chat.tell(this.chat.t.chat.picture.failed);
    const detail: PictureDetail = { url: this.url.url, name: this.#name };
    this.dispatchEvent(new CustomEvent('picture', { detail, bubbles: true, composed: true }));
  }

  async #load(): Promise<void> {
    try {
      this.url = await this.chat.conversation.attachmentUrl(this.message);
      this.failed = false;
    } catch {
      this.failed = this.url === null;
    }
  }
}
customElements.define('cx-chat-picture', ChatPicture);
