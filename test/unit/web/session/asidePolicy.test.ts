import { expect } from 'chai';
import { describeAside, mayConverse, type AsidePerson } from '../../../../web/src/session/asidePolicy.ts';

const mei: AsidePerson = { participantId: 'p-mei', name: 'Mei', asideWith: null };
const anna: AsidePerson = { participantId: 'p-anna', name: 'Anna', asideWith: null };
const chen: AsidePerson = { participantId: 'p-chen', name: 'Dr. Chen', asideWith: null };

describe('what is said about who hears whom', () => {
  it('is nothing while everyone hears everyone', () => {
    expect(describeAside({ isGuest: false, selfId: 'p-tom', others: [mei, anna] })).to.equal(null);
  });

  it('is to the host with whom they speak', () => {
    const others = [anna, { ...chen, asideWith: 'p-mei' }];
    expect(describeAside({ isGuest: false, selfId: 'p-mei', others })).to.deep.equal({
      seenBy: 'host',
      participantId: 'p-chen',
      name: 'Dr. Chen',
    });
  });

  it('is to who speaks with the host, that it is the host alone', () => {
    const others = [anna, { ...mei, asideWith: 'p-chen' }];
    expect(describeAside({ isGuest: true, selfId: 'p-chen', others })).to.deep.equal({
      seenBy: 'guest',
      host: 'Mei',
    });
  });

  it('is to everyone else that the host speaks aside, and not with whom', () => {
    const others = [{ ...mei, asideWith: 'p-chen' }, anna];
    expect(describeAside({ isGuest: false, selfId: 'p-tom', others })).to.deep.equal({ seenBy: 'others', host: 'Mei' });
  });

  it('keeps out of the conversation of the room who is not in it yet, and nobody else', () => {
    expect(mayConverse({ seenBy: 'guest', host: 'Mei' })).to.equal(false);
    for (const aside of [
      null,
      { seenBy: 'others', host: 'Mei' },
      { seenBy: 'host', participantId: 'p-chen', name: 'Dr. Chen' },
    ] as const) {
      expect(mayConverse(aside)).to.equal(true);
    }
  });
});
