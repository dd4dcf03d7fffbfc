import { expect } from 'chai';
import { TypingMembers } from '../../../../../client-sdk/src/messaging/conversation/TypingMembers.ts';
import { usePageClock } from '../../fakes/pageClock.ts';

describe('TypingMembers', () => {
  const clock = usePageClock();
  let said: number;
  let changes: string[];
  let typing: TypingMembers;
  beforeEach(() => {
    [said, changes] = [0, []];
    typing = new TypingMembers({
      say: () => said++,
      changed: () => changes.push(typing.list.map(({ name }) => name).join()),
    });
  });
  afterEach(() => typing.close());

  it('are shown for five seconds after the last time, or until what they wrote is there', async () => {
    typing.show('anna', 'Anna');
    typing.show('bert', 'Bert');
    await clock.pass(4_000);
    typing.show('anna', 'Anna');
    await clock.pass(2_000);
    expect(changes).to.deep.equal(['Anna', 'Anna,Bert', 'Anna']);
    typing.hide('anna');
    typing.hide('anna');
    expect(changes.slice(3)).to.deep.equal(['']);
  });

  it('are told every three seconds, and at once after a message', async () => {
    for (let ms = 0; ms < 6_500; ms += 100) {
      typing.say();
      await clock.pass(100);
    }
    expect(said).to.equal(3);
    typing.sent();
    typing.say();
    expect(said).to.equal(4);
  });
});
