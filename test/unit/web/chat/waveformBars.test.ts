import { expect } from 'chai';
import { waveformBars } from '../../../../web/src/chat/waveformBars.ts';

describe('the bars of a recording', () => {
  it('are each as high as the loudest of their part', () => {
    expect(waveformBars([1, 9, 3, 4, 5, 6], 3)).to.deep.equal([9, 4, 6]);
  });

  it('repeat what there is where it is little', () => {
    expect(waveformBars([5, 7], 4)).to.deep.equal([5, 5, 7, 7]);
  });

  it('are flat for nothing', () => {
    expect(waveformBars([], 2)).to.deep.equal([0, 0]);
  });
});
