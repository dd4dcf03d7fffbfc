import { expect } from 'chai';
import { presentStages } from '../../../server/rooms/presentStages.ts';

describe('who is present in a room', () => {
  it('is who has asked to come in, and of several sessions of one person the one that has come furthest', () => {
    const members = [
      { identity: 'li', stage: 'lobby' },
      { identity: 'li', stage: 'joined' },
      { identity: 'wang', stage: 'aside' },
      { identity: 'wang', stage: 'lobby' },
      { identity: 'chen', stage: 'prepared' },
    ] as const;
    expect([...presentStages(members)]).to.deep.equal([
      ['li', 'joined'],
      ['wang', 'aside'],
    ]);
  });
});
