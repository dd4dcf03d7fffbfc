import { audienceOf, isListed } from './audience.ts';
import type { ConversationAccess } from './ConversationAccess.ts';
import type { Fanout } from './Fanout.ts';
import { channels } from './people/channels.ts';
import type { Person } from './Person.ts';

/** Tells the others who is writing. */
export class Typing {
  readonly #access: ConversationAccess;
  readonly #fanout: Fanout;

  constructor({ access, fanout }: { access: ConversationAccess; fanout: Fanout }) {
    this.#access = access;
    this.#fanout = fanout;
  }

  /** @throws conversationNotFound, notAllowed, storageUnavailable */
  async tell(person: Person, conversationId: string): Promise<void> {
    const { conversation } = await this.#access.assert(person, conversationId, 'send');
    if (!isListed(conversation)) return;
    const { tenant, identity, name } = person;
    const audience = audienceOf(tenant, conversation);
    this.#fanout.tell(audience, 'typing', { conversationId, identity, name }, [channels.person({ tenant, identity })]);
  }
}
