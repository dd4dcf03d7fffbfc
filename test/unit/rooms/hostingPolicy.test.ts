import { expect } from 'chai';
import fc from 'fast-check';
import { resolveGrants, type Role } from '../../../protocol/grants.ts';
import {
  HAND_OVER_HOLDS_MS,
  handOver,
  inForce,
  mayHandOver,
  roleOf,
  takeBack,
  withoutPerson,
  type HandOver,
} from '../../../server/rooms/hostingPolicy.ts';

const people = ['an', 'bo', 'chen', 'dai'] as const;
/** An and Dai are hosts by their tokens. */
const tokenRoles: Record<string, Role> = { an: 'host', bo: 'guest', chen: 'expert', dai: 'host' };
const give = (handOvers: HandOver[], from: string, to: string, at = 0) =>
  handOver(handOvers, { from, to, toName: to, byToken: tokenRoles[from] === 'host', at });
const giveAll = (...steps: [from: string, to: string][]) =>
  steps.reduce<HandOver[]>((handOvers, [from, to]) => give(handOvers, from, to), []);
const rolesAfter = (handOvers: HandOver[]) => people.map((who) => roleOf(who, tokenRoles[who]!, handOvers));

describe('who hosts', () => {
  const table: [what: string, steps: [from: string, to: string][], roles: Role[]][] = [
    ['is who the token says, at first', [], ['host', 'guest', 'expert', 'host']],
    ['is who got it, and the giver is an expert', [['an', 'bo']], ['expert', 'host', 'expert', 'host']],
    ['is the giver again who gets it back', [['an', 'bo'], ['bo', 'an']], ['host', 'guest', 'expert', 'host']], // prettier-ignore
    ['is who got it at last', [['an', 'bo'], ['bo', 'chen']], ['expert', 'expert', 'host', 'host']], // prettier-ignore
    ['is the first giver who gets it back from the last', [['an', 'bo'], ['bo', 'chen'], ['chen', 'an']], ['host', 'guest', 'expert', 'host']], // prettier-ignore
    ['is who got it back on the way, and the last one no more', [['an', 'bo'], ['bo', 'chen'], ['chen', 'bo']], ['expert', 'host', 'expert', 'host']], // prettier-ignore
    ['is another host too, where one has given it to that one', [['an', 'dai']], ['expert', 'guest', 'expert', 'host']],
    ['is one for two, where two have given it', [['an', 'bo'], ['dai', 'bo']], ['expert', 'host', 'expert', 'expert']], // prettier-ignore
  ];
  for (const [what, steps, roles] of table) {
    it(what, () => expect(rolesAfter(giveAll(...steps))).to.deep.equal(roles));
  }

  it('is given on by a host who may do all that comes with it', () => {
    expect(mayHandOver({ role: 'host', grants: resolveGrants('host') })).to.equal(true);
    for (const grant of ['admit', 'moderate', 'lead', 'invite']) {
      expect(mayHandOver({ role: 'host', grants: resolveGrants('host', { [grant]: false }) }), grant).to.equal(false);
    }
    expect(mayHandOver({ role: 'expert', grants: resolveGrants('host') })).to.equal(false);
  });

  it('goes back to who gave it, when who has it is gone', () => {
    const present =
      (...here: string[]) =>
      (identity: string) =>
        here.includes(identity);
    const passedOn = giveAll(['an', 'bo'], ['bo', 'chen']);
    expect(takeBack(passedOn, present('an', 'chen')), 'who passed it on may go').to.equal(passedOn);
    expect(rolesAfter(takeBack(passedOn, present('an', 'bo')))).to.deep.equal(['expert', 'host', 'expert', 'host']);
    expect(takeBack(passedOn, present('an')), 'all the way').to.deep.equal([]);
    expect(takeBack(passedOn, present())).to.deep.equal([]);
  });

  it('is the giver again, and nobody further on, when someone is forgotten who passed it on', () => {
    const passedOn = giveAll(['an', 'bo'], ['bo', 'chen']);
    for (const forgotten of ['an', 'bo']) expect(withoutPerson(passedOn, forgotten), forgotten).to.deep.equal([]);
    expect(withoutPerson(passedOn, 'chen')).to.deep.equal(giveAll(['an', 'bo']));
    expect(withoutPerson(passedOn, 'dai'), 'where nothing changes').to.equal(passedOn);
  });

  it('is who the token says again, a time after it was handed over', () => {
    const passedOn = give(give([], 'an', 'bo', 1_000), 'bo', 'chen', 2_000);
    const all = give(passedOn, 'dai', 'bo', 3_000);
    expect(inForce(all, HAND_OVER_HOLDS_MS + 999)).to.equal(all);
    const later = inForce(passedOn, HAND_OVER_HOLDS_MS + 1_000);
    expect(later, 'who got it from someone who has none to give').to.deep.equal([]);
    expect(rolesAfter(inForce(all, HAND_OVER_HOLDS_MS + 2_000))).to.deep.equal(['host', 'host', 'expert', 'expert']);
  });

  it('is one at least and everyone once, whatever was handed over', () => {
    const step = fc.tuple(fc.constantFrom(...people), fc.constantFrom(...people), fc.subarray([...people]));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let handOvers: HandOver[] = [];
        for (const [from, to, here] of steps) {
          const mayGive = from !== to && roleOf(from, tokenRoles[from]!, handOvers) === 'host';
          if (mayGive) {
            handOvers = give(handOvers, from, to);
            expect(roleOf(to, tokenRoles[to]!, handOvers), `${to} after ${from}`).to.equal('host');
            expect(roleOf(from, tokenRoles[from]!, handOvers), from).to.not.equal('host');
          } else {
            handOvers = takeBack(handOvers, (identity) => here.some((one) => one === identity));
          }
          expect(rolesAfter(handOvers)).to.include('host');
          const givers = handOvers.map((one) => one.from);
          expect(new Set(givers).size).to.equal(givers.length);
        }
        expect(takeBack(handOvers, () => false)).to.deep.equal([]);
      }),
    );
  });
});
