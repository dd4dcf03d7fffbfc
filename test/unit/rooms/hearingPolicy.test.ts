import { expect } from 'chai';
import { sourceKinds, sources } from '../../../protocol/grants.ts';
import { stages, type Stage } from '../../../protocol/signaling.ts';
import { isSeenBy, receptionOf, type Reception } from '../../../server/rooms/hearingPolicy.ts';

describe('who hears and sees whom', () => {
  const table: [
    who: string,
    stage: Stage,
    asideWith: string | null,
    viewer: string,
    sound: Reception,
    picture: Reception,
  ][] = [
    ['someone in the room', 'joined', null, 'guest', 'open', 'open'],
    ['a host who speaks aside, by the partner', 'joined', 'expert', 'expert', 'open', 'open'],
    ['a host who speaks aside, by others', 'joined', 'expert', 'guest', 'withheld', 'open'],
    ['an expert aside, by the partner', 'aside', 'host', 'host', 'open', 'open'],
    ['an expert aside, by others', 'aside', 'host', 'guest', 'hidden', 'hidden'],
    ['an expert aside whose partner is gone', 'aside', null, 'guest', 'hidden', 'hidden'],
  ];
  for (const [who, stage, asideWith, viewer, sound, picture] of table) {
    it(`is, of ${who}, sound ${sound} and pictures ${picture}`, () => {
      for (const source of sources) {
        const expected = sourceKinds[source] === 'audio' ? sound : picture;
        expect(receptionOf({ stage, asideWith }, source, viewer), source).to.equal(expected);
      }
    });
  }

  it('shows who speaks aside to the partner alone, and everyone else as they are', () => {
    for (const stage of stages) {
      for (const visible of stage === 'joined' ? [true, false] : [false]) {
        const person = { stage, visible, asideWith: 'host' };
        expect(isSeenBy(person, 'host'), stage).to.equal(visible || stage === 'aside');
        expect(isSeenBy(person, 'guest'), stage).to.equal(visible);
        expect(isSeenBy(person, null), stage).to.equal(visible);
        expect(isSeenBy({ ...person, asideWith: null }, null), stage).to.equal(visible);
      }
    }
  });
});
