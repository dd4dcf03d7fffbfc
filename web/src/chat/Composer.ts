import { html, nothing, type PropertyValues } from 'lit';
import type { MemberInfo } from '../../../client-sdk/src/messaging/index.ts';
import { icon } from '../components/icon.ts';
import type { Chat } from './Chat.ts';
import { ChatElement } from './ChatElement.ts';
import { composerStyles } from './composerStyles.ts';
import { matchMembers, mentionQuery, type MentionQuery } from './mentions.ts';
import './StagedFiles.ts';
import { summarize } from './summarize.ts';
import './VoiceRecording.ts';

/** Files that are chosen at once. */
const MOST_FILES = 10;
const MOST_SUGGESTIONS = 6;

/** Where one writes: text, pictures and files, a voice message; an answer, or another text for what was said. */
export class Composer extends ChatElement {
  static override properties = {
    ...ChatElement.properties,
    files: { state: true },
    recording: { state: true },
    mention: { state: true },
    chosen: { state: true },
  };
  static override styles = [...[ChatElement.styles].flat(), composerStyles];

  declare files: readonly File[];
  declare recording: boolean;
  /** The name that is being written after an @. */
  declare mention: MentionQuery | null;
  /** Place among the suggested names. */
  declare chosen: number;
  #shown: { chat: Chat; about: unknown } | null = null;

  constructor() {
    super();
    this.files = [];
    this.recording = false;
    this.mention = null;
    this.chosen = 0;
  }

  /** Chooses files, to go with the next message. */
  add(files: readonly File[]): void {
    if (this.chat.editing) return;
    this.files = [...this.files, ...files].slice(0, MOST_FILES);
    this.focusField();
  }

  focusField(): void {
    this.#field?.focus({ preventScroll: true });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#shown && this.#shown.chat !== this.chat) {
      this.files = [];
      this.recording = false;
      this.mention = null;
    }
  }

  protected override updated(): void {
    const { chat } = this;
    const about = chat.editing ?? chat.replyTo;
    const isNew = this.#shown?.chat === chat && about !== null && about !== this.#shown.about;
    this.#shown = { chat, about };
    this.#fit();
    if (isNew) this.focusField();
  }

  protected override render() {
    const { chat, recording } = this;
    const { compose: words } = chat.t.chat;
    return html`${this.#about()} ${this.#suggestions()}
    ${
      this.files.length > 0
        ? html`<cx-staged-files
            .chat=${chat}
            .files=${this.files}
            @remove=${(event: CustomEvent<File>) => (this.files = this.files.filter((file) => file !== event.detail))}
          ></cx-staged-files>`
        : nothing
    }
    ${
      recording
        ? html`<cx-voice-recording .chat=${chat} @done=${() => this.#recorded()}></cx-voice-recording>`
        : html`<div class="row">
            <label class="button square attach" ?hidden=${chat.editing !== null}>
              ${icon('attach')}
              <input type="file" multiple aria-label=${words.attach} @change=${this.#chosenFiles} />
            </label>
            <textarea
              rows="1"
              aria-label=${words.label}
              placeholder=${words.placeholder}
              maxlength="8000"
              autocomplete="off"
              aria-autocomplete="list"
              aria-controls=${this.mention ? 'names' : nothing}
              aria-activedescendant=${this.#matches.length > 0 ? `name-${this.chosen}` : nothing}
              .value=${chat.draft}
              @input=${this.#written}
              @keydown=${this.#key}
              @click=${this.#caretMoved}
              @paste=${this.#pasted}
            ></textarea>
            ${this.#sendButton()}
          </div>`
    }`;
  }

  /** What one answers, or changes. */
  #about() {
    const { chat } = this;
    const message = chat.editing ?? chat.replyTo;
    if (!message) return nothing;
    const { chat: words } = chat.t;
    return html`<div class="about">
      <p>
        <span class="who">${chat.editing ? words.editing : words.replyingTo(chat.nameOf(message))}</span>
        <span class="what">${summarize(message, words)}</span>
      </p>
      <button class="button square" aria-label=${words.cancel} @click=${() => this.#leaveAbout()}>
        ${icon('close')}
      </button>
    </div>`;
  }

  #suggestions() {
    const matches = this.#matches;
    if (matches.length === 0) return nothing;
    return html`<ul class="names" id="names" role="listbox" aria-label=${this.chat.t.chat.compose.mention}>
      ${matches.map(
        ({ name }, place) =>
          html`<li
            id="name-${place}"
            role="option"
            aria-selected=${place === this.chosen}
            @pointerdown=${(event: Event) => {
              event.preventDefault();
              this.#insert(place);
            }}
          >
            <bdi>${name}</bdi>
          </li>`,
      )}
    </ul>`;
  }

  #sendButton() {
    const { chat } = this;
    const { compose: words, voice } = chat.t.chat;
    const isEmpty = chat.draft.trim() === '' && this.files.length === 0;
    if (isEmpty && !chat.editing) {
      // From the moment when it is pressed: whoever holds it speaks at once. A key has no such moment.
      return html`<button
        class="button square"
        aria-label=${voice.record}
        @pointerdown=${(event: PointerEvent) => (this.recording = event.button === 0)}
        @click=${() => (this.recording = true)}
      >
        ${icon('microphone')}
      </button>`;
    }
    return html`<button
      class="button square next send"
      aria-label=${chat.editing ? words.save : words.send}
      ?disabled=${isEmpty}
      @pointerdown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#send()}
    >
      ${icon(chat.editing ? 'check' : 'arrowUp')}
    </button>`;
  }

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  get #matches(): MemberInfo[] {
    return this.mention ? matchMembers(this.chat.others, this.mention.query, MOST_SUGGESTIONS) : [];
  }

  #send(): void {
    const { files } = this;
    this.files = [];
    this.mention = null;
    void this.chat.send(files);
    this.focusField();
  }

  #recorded(): void {
    this.recording = false;
    void this.updateComplete.then(() => this.focusField());
  }

  #leaveAbout(): void {
    if (this.chat.editing) this.chat.edit(null);
    else this.chat.reply(null);
    this.focusField();
  }

  #written(event: Event): void {
    this.chat.write((event.target as HTMLTextAreaElement).value);
    this.requestUpdate();
    this.#caretMoved();
  }

  #caretMoved(): void {
    const field = this.#field!;
    this.mention = field.selectionStart === field.selectionEnd ? mentionQuery(field.value, field.selectionStart) : null;
    this.chosen = 0;
  }

  #key(event: KeyboardEvent): void {
    // What an input method still composes is its own: Enter then chooses a word.
    if (event.isComposing || event.keyCode === 229) return;
    if (this.#matches.length > 0 && this.#keyInNames(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && !isPhone()) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape' && (this.chat.editing ?? this.chat.replyTo)) {
      event.preventDefault();
      event.stopPropagation();
      this.#leaveAbout();
    }
  }

  /** Returns whether it was meant for the names. */
  #keyInNames({ key }: KeyboardEvent): boolean {
    const count = this.#matches.length;
    if (key === 'ArrowDown') this.chosen = (this.chosen + 1) % count;
    else if (key === 'ArrowUp') this.chosen = (this.chosen + count - 1) % count;
    else if (key === 'Enter' || key === 'Tab') this.#insert(this.chosen);
    else if (key === 'Escape') this.mention = null;
    else return false;
    return true;
  }

  #insert(place: number): void {
    const member = this.#matches[place];
    const field = this.#field;
    if (!member || !field || !this.mention) return;
    field.setRangeText(`@${member.name} `, this.mention.start, field.selectionStart, 'end');
    this.mention = null;
    this.chat.write(field.value);
    field.focus();
  }

  #chosenFiles(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.add([...(input.files ?? [])]);
    // So that the same file can be chosen again.
    input.value = '';
  }

  #pasted(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.add(files);
  }

  /** As high as what is written, up to the limit of its style. */
  #fit(): void {
    const field = this.#field;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }
}
customElements.define('cx-composer', Composer);

/** Its keyboard has no other key for a new line, and the button is where the thumb is. */
function isPhone(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}
