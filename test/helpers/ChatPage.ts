import type { Browser } from 'puppeteer-core';
import { RoomPage, type PageLanguage, type RoomPageOptions } from './RoomPage.ts';
import { waitFor } from './waitFor.ts';

export interface SeenMessage {
  text: string;
  own: boolean;
  /** Below it, where something is said: the time, and how far it is. */
  meta: string;
}

/** One person in front of a conversation: in a room, at the counter, or in a page of its own. */
export class ChatPage {
  readonly person: RoomPage;
  readonly #phone: boolean;

  /** A page of messages from its link: `/counter` or `/chat`. */
  static async visit(
    browser: Browser,
    url: string,
    token: string,
    { language = 'en', ...options }: RoomPageOptions = {},
  ): Promise<ChatPage> {
    const person = await RoomPage.visit(browser, `${url}#token=${token}&lang=${language}`, options);
    return new ChatPage(person, options.phone);
  }

  constructor(person: RoomPage, phone = false) {
    this.person = person;
    this.#phone = phone;
  }

  get page() {
    return this.person.page;
  }

  /** Puts a text where one writes, and does not send it. */
  async write(text: string, field = 'Message'): Promise<void> {
    const box = await this.person.find(field, 'textbox');
    await box.focus();
    await this.page.keyboard.type(text);
  }

  /** Writes a message and sends it: by Enter, on a phone by the button. */
  async say(text: string, language: PageLanguage = 'en'): Promise<void> {
    await this.write(text, language === 'zh' ? '消息' : 'Message');
    if (this.#phone) await this.person.press(language === 'zh' ? '发送' : 'Send');
    else await this.person.key('Enter');
  }

  /** Chooses one of the listed conversations by its title. */
  async choose(title: string): Promise<void> {
    const find = () =>
      this.page.evaluateHandle((wanted) => {
        const list = document.querySelector('cx-counter')?.shadowRoot?.querySelector('cx-conversations');
        const rows = [...(list?.shadowRoot?.querySelectorAll('.conversation') ?? [])];
        return rows.find((row) => row.querySelector('.title')?.textContent?.trim() === wanted) ?? null;
      }, title);
    const row = await waitFor(`the conversation “${title}”`, async () => (await find()).asElement());
    await (row as unknown as { click(): Promise<void> }).click();
    await this.person.find('Message', 'textbox');
  }

  /** Titles in the list, each with the number of what is unread. */
  conversations(): Promise<string[]> {
    return this.page.$$eval('>>> cx-conversations >>> .conversation', (rows) =>
      rows.map((row) =>
        [row.querySelector('.title'), row.querySelector('.count')]
          .flatMap((part) => (part ? [part.textContent.trim()] : []))
          .join(' '),
      ),
    );
  }

  async waitForConversations(wanted: readonly string[]): Promise<void> {
    let seen: string[] = [];
    await waitFor('the list of conversations', async () => {
      seen = await this.conversations();
      return seen.join('|') === wanted.join('|');
    }).catch(() => {
      throw new Error(`The list shows ${JSON.stringify(seen)} and not ${JSON.stringify(wanted)}.`);
    });
  }

  /** What the page shows of the conversation, in order. */
  messages(): Promise<SeenMessage[]> {
    return this.page.$$eval('>>> cx-messages >>> .message', (rows) =>
      rows.map((row) => ({
        text: row.querySelector('.text')?.textContent ?? '',
        own: row.classList.contains('own'),
        meta: row.querySelector('.meta')?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
      })),
    );
  }

  /** Waits until these are the texts of the messages, in this order. */
  async waitForTexts(texts: readonly string[]): Promise<void> {
    let seen: string[] = [];
    await waitFor('the messages', async () => {
      seen = (await this.messages()).map(({ text }) => text);
      return JSON.stringify(seen) === JSON.stringify(texts);
    }).catch(() => {
      throw new Error(`The page shows ${JSON.stringify(seen)} and not ${JSON.stringify(texts)}.`);
    });
  }

  /** Waits until it is said of the message how far it is. */
  async waitForStatus(text: string, status: string): Promise<void> {
    let seen: SeenMessage | undefined;
    await waitFor(`“${text}” to be ${status}`, async () => {
      seen = (await this.messages()).findLast((message) => message.text === text);
      return seen?.meta.endsWith(status);
    }).catch(() => {
      throw new Error(`Of “${text}” it is said: ${JSON.stringify(seen)}, not “${status}”.`);
    });
  }

  /** Opens what can be done with a message. */
  async openMenu(text: string): Promise<void> {
    const find = () =>
      this.page.$$('>>> cx-messages >>> .message').then(async (rows) => {
        for (const row of rows) {
          const said = await row.evaluate((element) => element.querySelector('.text')?.textContent);
          const button = await row.$('.more');
          if (said === text && button) return button;
        }
        return null;
      });
    const button = await waitFor(`the actions of “${text}”`, find);
    await button.evaluate((element) => (element as HTMLElement).click());
  }

  /** Hands files over as the field for them would. */
  async attach(...paths: string[]): Promise<void> {
    const input = await waitFor('the field for files', () => this.page.$('>>> cx-composer >>> input[type=file]'));
    await (input as unknown as { uploadFile(...files: string[]): Promise<void> }).uploadFile(...paths);
  }

  close(): Promise<void> {
    return this.person.close();
  }
}
