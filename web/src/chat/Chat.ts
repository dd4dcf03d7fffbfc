import type { Card, ChatMessage, Conversation, MemberInfo } from '../../../client-sdk/src/messaging/index.ts';
import { messagesIn, type Language } from '../i18n/languages.ts';
import type { Messages } from '../i18n/messages.ts';
import { errorCodeOf } from '../session/errorCodeOf.ts';
import { Observable } from '../session/observable.ts';
import { draftKey, loadDraft, saveDraft } from './drafts.ts';
import { mentionsIn } from './mentions.ts';

export interface ChatOptions {
  conversation: Conversation;
  /** Of the person who looks at it. */
  identity: string;
  language: Language;
  /** Where the pictures of cards come from. */
  serverUrl: string;
  isConnected: () => boolean;
  /** Looks at a still of the room that one is in; false where it is not there. */
  viewStill?: (stillId: string) => boolean;
}

/** How long a failure stays to be read. */
const PROBLEM_MS = 8_000;

/** What one person sees and does in one conversation. The components show what it holds. */
export class Chat extends Observable {
  readonly conversation: Conversation;
  readonly identity: string;
  readonly serverUrl: string;
  readonly #options: ChatOptions;
  #language: Language;
  #replyTo: ChatMessage | null = null;
  #editing: ChatMessage | null = null;
  #draft: string;
  #newAfter: number | null = null;
  #problem: string | null = null;
  #problemTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #changed = () => this.changed();

  constructor(options: ChatOptions) {
    super();
    this.#options = options;
    this.conversation = options.conversation;
    this.identity = options.identity;
    this.serverUrl = options.serverUrl;
    this.#language = options.language;
    this.#draft = loadDraft(this.#draftKey);
    this.conversation
      .on('messagesChanged', this.#changed)
      .on('infoChanged', this.#changed)
      .on('membersChanged', this.#changed)
      .on('typingChanged', this.#changed);
    this.shown();
  }

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
    this.changed();
  }

  /** The words, in the language that is chosen now. */
  get t(): Messages {
    return messagesIn(this.#language);
  }

  get isConnected(): boolean {
    return this.#options.isConnected();
  }

  get mayWrite(): boolean {
    return this.conversation.info.role !== 'observer';
  }

  /** More than two can be here, so that a name says who it was. */
  get isForSeveral(): boolean {
    return this.conversation.info.kind !== 'shop' || this.conversation.members.length > 2;
  }

  get others(): readonly MemberInfo[] {
    return this.conversation.members.filter(({ identity }) => identity !== this.identity);
  }

  /** Above what follows this `seq` stands that it is new; null for nowhere. */
  get newAfter(): number | null {
    return this.#newAfter;
  }

  /** The message that is being answered. */
  get replyTo(): ChatMessage | null {
    return this.#replyTo;
  }

  /** The own message whose text is being changed. */
  get editing(): ChatMessage | null {
    return this.#editing;
  }

  /** What is written and not sent. */
  get draft(): string {
    return this.#draft;
  }

  /** What went wrong a moment ago, in words. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The page around has changed: the connection, say. */
  refresh(): void {
    this.changed();
  }

  /** It comes into view: what is unread now is what is new. */
  shown(): void {
    const { unread, info } = this.conversation;
    this.#newAfter = unread > 0 ? info.readSeq : null;
    this.changed();
  }

  mayEdit(message: ChatMessage): boolean {
    const { isOwn, seq, content } = message;
    const hasText = content !== null && 'text' in content && content.text !== '';
    return this.mayWrite && isOwn && seq !== null && hasText;
  }

  mayDelete({ isOwn, seq, content }: ChatMessage): boolean {
    return seq !== null && content !== null && this.mayWrite && (isOwn || this.conversation.info.role === 'host');
  }

  find(seq: number): ChatMessage | null {
    return this.conversation.messages.find((message) => message.seq === seq) ?? null;
  }

  nameOf({ isOwn, from }: Pick<ChatMessage, 'isOwn' | 'from'>): string {
    return isOwn ? this.t.chat.you : from.name;
  }

  nameOfIdentity(identity: string): string {
    if (identity === this.identity) return this.t.chat.you;
    return this.conversation.members.find((member) => member.identity === identity)?.name ?? identity;
  }

  reply(message: ChatMessage | null): void {
    if (this.#editing) this.edit(null);
    this.#replyTo = message;
    this.changed();
  }

  /** Its text takes the place of the draft, which comes back afterwards. */
  edit(message: ChatMessage | null): void {
    this.#replyTo = null;
    this.#editing = message;
    const { content } = message ?? {};
    this.#draft = content && 'text' in content ? content.text : loadDraft(this.#draftKey);
    this.changed();
  }

  /** With each key. Whoever shows what is written knows it: nothing else is drawn again. */
  write(text: string): void {
    this.#draft = text;
    if (!this.#editing) saveDraft(this.#draftKey, text);
    if (text !== '') this.conversation.setTyping();
  }

  /** Sends what is written and these files, each a message; the text goes with the last file. */
  async send(files: readonly File[] = []): Promise<void> {
    const text = this.#draft.trim();
    const editing = this.#editing;
    const mentions = mentionsIn(text, this.others);
    if (editing) {
      if (text === '') return;
      this.edit(null);
      await this.attempt(() => this.conversation.edit(editing, text, { mentions }));
      return;
    }
    if (text === '' && files.length === 0) return;
    const replyTo = this.#replyTo;
    this.#written();
    await this.attempt(async () => {
      for (const [index, file] of files.entries()) {
        const caption = index === files.length - 1 ? { text, mentions } : { text: '' };
        const type = isPicture(file) ? 'image' : 'file';
        await this.conversation.send(
          { type, file, name: file.name, text: caption.text },
          { replyTo: index === 0 ? replyTo : null, mentions: caption.mentions },
        );
      }
      if (files.length === 0) await this.conversation.sendText(text, { replyTo, mentions });
    });
  }

  async sendVoice(recording: { blob: Blob; durationMs: number; waveform: readonly number[] }): Promise<void> {
    const replyTo = this.#replyTo;
    this.reply(null);
    this.#newAfter = null;
    await this.attempt(() => this.conversation.sendVoice(recording, { replyTo }));
  }

  async sendCard(card: Card): Promise<void> {
    await this.attempt(() => this.conversation.sendCard(card));
  }

  react(message: ChatMessage, emoji: string): Promise<void> {
    const has = message.reactions.some(
      (reaction) => reaction.emoji === emoji && reaction.identities.includes(this.identity),
    );
    return this.attempt(() => this.conversation.react(message, emoji, !has));
  }

  delete(message: ChatMessage): Promise<void> {
    return this.attempt(() => this.conversation.delete(message));
  }

  retry(message: ChatMessage): Promise<void> {
    return this.attempt(() => this.conversation.retry(message));
  }

  discard(message: ChatMessage): Promise<void> {
    return this.attempt(() => this.conversation.discard(message));
  }

  /** Hands the file of a message to the browser, to be kept under its own name. */
  saveFile(message: ChatMessage): Promise<void> {
    return this.attempt(async () => {
      const found = await this.conversation.attachmentUrl(message);
      if (!found || !message.content || !('attachment' in message.content)) return;
      const link = document.createElement('a');
      link.href = found.url;
      link.download = message.content.attachment.name;
      link.rel = 'noopener';
      link.click();
    });
  }

  /** Returns false where the page that is around does not have it. */
  viewStill(stillId: string): boolean {
    return this.#options.viewStill?.(stillId) ?? false;
  }

  /** Runs a step; a failure is told in words. */
  async attempt(step: () => Promise<unknown>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const { errors, sentence } = this.t;
      this.tell(sentence(errors[errorCodeOf(error)]));
    }
  }

  /** Says something that went wrong, for a while; null takes it away. */
  tell(problem: string | null): void {
    clearTimeout(this.#problemTimer);
    this.#problem = problem;
    if (problem !== null) this.#problemTimer = setTimeout(() => this.tell(null), PROBLEM_MS);
    this.changed();
  }

  /** Stops to look. The conversation itself goes on. */
  close(): void {
    clearTimeout(this.#problemTimer);
    this.conversation
      .off('messagesChanged', this.#changed)
      .off('infoChanged', this.#changed)
      .off('membersChanged', this.#changed)
      .off('typingChanged', this.#changed);
  }

  /** What was written is on its way: the next thing can be written. */
  #written(): void {
    this.#draft = '';
    saveDraft(this.#draftKey, '');
    this.#replyTo = null;
    this.#newAfter = null;
    this.changed();
  }

  get #draftKey(): string {
    return draftKey(this.identity, this.conversation.conversationId);
  }
}

/** What every browser shows; anything else is handed on as a file. */
function isPicture({ type }: File): boolean {
  return /^image\/(jpeg|png|webp|gif)$/.test(type);
}
