import type { RealtimeMethod, RealtimeRequest, RealtimeResponse } from '../../protocol/realtime.ts';
import type { Messenger } from '../messaging/Messenger.ts';
import type { Caller } from './readHandshake.ts';
import type { RoomMethod } from './roomHandlers.ts';

type Handler<M extends RealtimeMethod> = (
  messenger: Messenger,
  caller: Caller,
  data: RealtimeRequest<M>,
) => Promise<RealtimeResponse<M>>;

const done = {};

/** One handler a request about messages. What it throws becomes the answer. */
export const requestHandlers: { [M in Exclude<RealtimeMethod, RoomMethod>]: Handler<M> } = {
  listConversations: ({ conversations }, { person }, data) => conversations.list(person, data),
  openRoom: ({ conversations }, { person, pass }, { room }) => conversations.openRoom(person, pass, room),
  openShop: ({ conversations }, { person }) => conversations.openShop(person),
  openConversation: ({ conversations }, { person }, { conversationId }) => conversations.open(person, conversationId),
  createGroup: ({ conversations }, { person }, data) => conversations.createGroup(person, data),
  async addMembers({ conversations }, { person }, data) {
    await conversations.addMembers(person, data);
    return done;
  },
  async removeMember({ conversations }, { person }, data) {
    await conversations.removeMember(person, data);
    return done;
  },
  listMembers: ({ conversations }, { person }, data) => conversations.listMembers(person, data),
  history: ({ messages }, { person }, data) => messages.history(person, data),
  sync: ({ messages }, { person }, data) => messages.sync(person, data),
  async send({ messages }, { person }, data) {
    return { messages: await messages.send(person, data.conversationId, data.messages) };
  },
  async edit({ messages }, { person }, data) {
    return { message: await messages.edit(person, data) };
  },
  async deleteMessage({ messages }, { person }, data) {
    return { message: await messages.delete(person, data) };
  },
  async react({ messages }, { person }, data) {
    return { message: await messages.react(person, data) };
  },
  async markDelivered({ receipts }, { person }, { conversationId, seq }) {
    await receipts.mark(person, conversationId, { seq, isRead: false });
    return done;
  },
  async markRead({ receipts }, { person }, { conversationId, seq }) {
    await receipts.mark(person, conversationId, { seq, isRead: true });
    return done;
  },
  search: ({ messages }, { person }, data) => messages.search(person, data),
  createAttachment: (messenger, { person }, data) => messenger.createAttachment(person, data),
  attachmentUrl: (messenger, { person }, data) => messenger.attachmentUrl(person, data),
};
