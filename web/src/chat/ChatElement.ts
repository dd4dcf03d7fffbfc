import type { CSSResultGroup } from 'lit';
import { iconStyles } from '../components/icon.ts';
import { WatchingElement } from '../components/WatchingElement.ts';
import { base } from '../design/base.ts';
import type { Chat } from './Chat.ts';

/** A part of a conversation's page, drawn again when the conversation changes. */
export abstract class ChatElement extends WatchingElement {
  static override properties = { chat: { attribute: false } };
  static override styles: CSSResultGroup = [base, iconStyles];

  declare chat: Chat;

  protected override get watched(): Chat {
    return this.chat;
  }
}
