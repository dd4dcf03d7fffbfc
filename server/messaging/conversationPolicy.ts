import type { ConversationKind, MemberRole } from '../../protocol/conversations.ts';

/** What someone may want to do in a conversation. Receipts, search and files come with reading, typing with sending. */
export const conversationActions = [
  'read',
  'send',
  'editOwn',
  'deleteOwn',
  'deleteAny',
  'react',
  'addMembers',
  'removeMember',
  'leave',
] as const;
export type ConversationAction = (typeof conversationActions)[number];

const ofObserver: readonly ConversationAction[] = ['read', 'leave'];
const ofMember: readonly ConversationAction[] = [...ofObserver, 'send', 'editOwn', 'deleteOwn', 'react'];
const ofHost: readonly ConversationAction[] = [...ofMember, 'deleteAny', 'addMembers', 'removeMember'];

const actionsOf: Readonly<Record<MemberRole, readonly ConversationAction[]>> = {
  host: ofHost,
  member: ofMember,
  observer: ofObserver,
};

/** What nobody may do where membership follows from something else: who is in the room, and whose the shop's conversation is. */
const neverIn: Readonly<Record<ConversationKind, readonly ConversationAction[]>> = {
  room: ['addMembers'],
  shop: ['addMembers', 'removeMember'],
  group: [],
};

/** The one place where it is decided what a member may do. */
export function mayInConversation(kind: ConversationKind, role: MemberRole, action: ConversationAction): boolean {
  return actionsOf[role].includes(action) && !neverIn[kind].includes(action);
}
