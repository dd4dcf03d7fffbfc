import { expect } from 'chai';
import { conversationKinds, memberRoles } from '../../../protocol/conversations.ts';
import { conversationActions, mayInConversation } from '../../../server/messaging/conversationPolicy.ts';

/** Roles that may, of each kind of conversation: h(ost), m(ember), o(bserver). */
const table: Record<(typeof conversationActions)[number], { room: string; shop: string; group: string }> = {
  read: { room: 'hmo', shop: 'hmo', group: 'hmo' },
  send: { room: 'hm', shop: 'hm', group: 'hm' },
  editOwn: { room: 'hm', shop: 'hm', group: 'hm' },
  deleteOwn: { room: 'hm', shop: 'hm', group: 'hm' },
  deleteAny: { room: 'h', shop: 'h', group: 'h' },
  react: { room: 'hm', shop: 'hm', group: 'hm' },
  addMembers: { room: '', shop: '', group: 'h' },
  removeMember: { room: 'h', shop: '', group: 'h' },
  leave: { room: 'hmo', shop: 'hmo', group: 'hmo' },
};

describe('what a member of a conversation may do', () => {
  for (const action of conversationActions) {
    for (const kind of conversationKinds) {
      it(`${action} in a ${kind}: ${table[action][kind] || 'nobody'}`, () => {
        const allowed = memberRoles.filter((role) => mayInConversation(kind, role, action));
        expect(allowed.map((role) => role[0]).join('')).to.equal(table[action][kind]);
      });
    }
  }
});
