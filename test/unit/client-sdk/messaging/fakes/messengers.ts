import { ChaxiMessenger } from '../../../../../client-sdk/src/messaging/ChaxiMessenger.ts';
import type { ChaxiMessengerOptions } from '../../../../../client-sdk/src/messaging/ChaxiMessengerOptions.ts';
import type { Conversation } from '../../../../../client-sdk/src/messaging/Conversation.ts';
import { silentLogger } from '../../fakes/silentLogger.ts';
import { FakeMessagingServer } from './FakeMessagingServer.ts';

/** The messengers of one test, all of which are closed after it. */
export class Messengers {
  server = new FakeMessagingServer();
  #opened: ChaxiMessenger[] = [];

  make(identity: string, options: Partial<ChaxiMessengerOptions> = {}): ChaxiMessenger {
    const messenger = new ChaxiMessenger({
      url: 'https://tea.example',
      token: FakeMessagingServer.token(identity),
      storage: 'memory',
      logger: silentLogger,
      openSocket: this.server.openSocket,
      ...options,
    });
    this.#opened.push(messenger);
    return messenger;
  }

  /** Connected, with this conversation open. */
  async open(
    identity: string,
    conversationId: string,
    options: Partial<ChaxiMessengerOptions> = {},
  ): Promise<Conversation> {
    const messenger = this.make(identity, options);
    await messenger.connect();
    return messenger.open(conversationId);
  }

  closeAll(): void {
    for (const messenger of this.#opened) messenger.close();
    this.#opened = [];
    this.server = new FakeMessagingServer();
  }
}

export function textsOf({ messages }: Conversation): string[] {
  return messages.map(({ content }) => (content?.type === 'text' ? content.text : '(none)'));
}
