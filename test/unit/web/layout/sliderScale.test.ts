import { expect } from 'chai';
import fc from 'fast-check';
import { sliderScale } from '../../../../web/src/layout/sliderScale.ts';

describe('the scale of a slider', () => {
  it('is even in a narrow range, in the steps of the camera', () => {
    const scale = sliderScale({ min: 2_800, max: 6_500, step: 10 });
    expect(scale).to.include({ min: 2_800, max: 6_500, step: 10 });
    expect(scale.toValue(scale.toPlace(4_000))).to.equal(4_000);
  });

  it('goes by ratio in a wide one, so that the middle is the geometric mean', () => {
    const { min, max, toValue } = sliderScale({ min: 1, max: 10_000, step: 1 });
    expect(toValue(min)).to.be.closeTo(1, 1e-9);
    expect(toValue((min + max) / 2)).to.be.closeTo(100, 1e-6);
    expect(toValue(max)).to.be.closeTo(10_000, 1e-6);
  });

  it('finds the way back to within a place', () => {
    const { toPlace, toValue } = sliderScale({ min: 3, max: 5_000, step: 1 });
    fc.assert(
      fc.property(fc.double({ min: 3, max: 5_000, noNaN: true }), (value) => {
        expect(toValue(toPlace(value)) / value).to.be.within(0.96, 1.04);
      }),
    );
  });

  it('takes every value where the camera has no steps', () => {
    expect(sliderScale({ min: -2, max: 2, step: 0 }).step).to.equal('any');
  });
});
