import { expect } from 'chai';
import { isReplacedBy } from '../../../../server/rooms/span/isReplacedBy.ts';

describe('the same person on two nodes', () => {
  const session = (id: string, ...replaces: string[]) => ({ id, replaces });

  it('stays where they came in knowing of the other session', () => {
    expect(isReplacedBy(session('b'), session('a', 'b'))).to.equal(true);
    expect(isReplacedBy(session('a', 'b'), session('b'))).to.equal(false);
  });

  it('stays once, where neither node knew of the other session', () => {
    expect(isReplacedBy(session('a'), session('b'))).to.equal(true);
    expect(isReplacedBy(session('b'), session('a'))).to.equal(false);
  });
});
