import { expect } from 'chai';
import { showsStrip } from '../../../../web/src/layout/panels.ts';

describe('the strip of small pictures', () => {
  it('gives way on a phone to what stands below the stage, and to nothing else', () => {
    expect(showsStrip('cup', 390)).to.equal(false);
    expect(showsStrip('people', 390)).to.equal(true);
    expect(showsStrip('chat', 390)).to.equal(true);
    expect(showsStrip(null, 390)).to.equal(true);
  });

  it('stays on a desktop, where a panel stands beside the stage', () => {
    expect(showsStrip('notes', 1_280)).to.equal(true);
    expect(showsStrip('cup', 701)).to.equal(true);
  });
});
