import type { RealtimeEvent, RealtimeEventData } from '../../../protocol/realtime.ts';
import type { ConversationList } from './ConversationList.ts';

type AnyEvent = { [E in RealtimeEvent]: { name: E; data: RealtimeEventData<E> } }[RealtimeEvent];

/** Brings an event of the server to what it concerns. */
export function dispatchEvent(name: string, data: unknown, list: ConversationList): void {
  const event = { name, data } as AnyEvent;
  switch (event.name) {
    case 'messages': {
      const { conversationId, previous, messages } = event.data;
      const apply = () => list.get(conversationId)?.feed.loader.handleEvent(previous, messages);
      if (list.get(conversationId)) apply();
      else void list.discover(conversationId).then(apply);
      return;
    }
    case 'conversation': {
      const { conversation: info } = event.data;
      const conversation = list.get(info.conversationId);
      if (conversation) conversation.feed.changeInfo(info);
      else void list.discover(info.conversationId);
      return;
    }
    case 'conversationGone':
      return list.remove(event.data.conversationId);
    case 'members':
      return list.get(event.data.conversationId)?.feed.handleMembers(event.data);
    case 'receipts':
      return list.get(event.data.conversationId)?.feed.handleReceipts(event.data);
    case 'typing':
      return list.get(event.data.conversationId)?.feed.typing.show(event.data.identity, event.data.name);
    case 'presence':
      for (const { feed } of list.all) feed.handlePresence(event.data.identity, event.data.online);
      return;
    case 'resync':
      return list.reload();
    case 'roomsChanged':
    case 'otherNodes':
    case 'closed':
      // Of no conversation.
      return;
  }
}
