import { expect } from 'chai';
import { Members } from '../../../../../client-sdk/src/messaging/conversation/Members.ts';
import type { MemberInfo } from '../../../../../protocol/conversations.ts';

const member = (identity: string, role: MemberInfo['role'], deliveredSeq: number, readSeq = 0): MemberInfo => ({
  ...{ identity, name: identity, role, joinedAt: 0 },
  ...{ deliveredSeq, readSeq },
});

describe('the members of a conversation', () => {
  const statusFor = (own: string, list: readonly MemberInfo[], kind: 'group' | 'shop') => {
    const members = new Members(own);
    members.set(list, []);
    return members.statusOf(5, kind);
  };

  for (const [what, list, expected] of [
    ['alone', [member('anna', 'host', 9)], 'sent'],
    [
      'where one of two has it',
      [member('anna', 'host', 9), member('li', 'member', 5), member('wang', 'member', 4)],
      'sent',
    ],
    [
      'where both have it',
      [member('anna', 'host', 9), member('li', 'member', 5), member('wang', 'member', 6, 6)],
      'delivered',
    ],
    [
      'where both have read it',
      [member('anna', 'host', 9), member('li', 'member', 5, 5), member('wang', 'member', 4, 7)],
      'read',
    ],
  ] as const) {
    it(`tell of a message in a group, ${what}, that it is ${expected}`, () => {
      expect(statusFor('anna', list, 'group')).to.equal(expected);
    });
  }

  const counter = [member('mei', 'host', 9, 9), member('hong', 'host', 0)];
  it('tell a customer what anyone at the counter has read, also where another clerk never comes back', () => {
    expect(statusFor('anna', [member('anna', 'member', 9), ...counter], 'shop')).to.equal('read');
    expect(statusFor('anna', [member('anna', 'member', 9), member('hong', 'host', 0)], 'shop')).to.equal('sent');
  });

  it('tell a clerk how far the customer has got, whatever the other clerks have', () => {
    expect(statusFor('hong', [member('anna', 'member', 5), ...counter], 'shop')).to.equal('delivered');
    expect(
      statusFor('mei', [member('anna', 'member', 4), member('mei', 'host', 9), member('hong', 'host', 9, 9)], 'shop'),
    ).to.equal('sent');
  });
});
