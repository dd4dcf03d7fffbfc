import { expect } from 'chai';
import fc from 'fast-check';
import {
  fit,
  fitScale,
  pan,
  pixelAt,
  reveal,
  toFrame,
  toPicture,
  within,
  zoomTo,
} from '../../../../web/src/layout/zoomView.ts';

const picture = { width: 1_920, height: 1_440 };
const frame = { width: 960, height: 900 };
const middle = { x: 480, y: 450 };

const length = (max: number) => fc.integer({ min: 1, max });
const size = (max: number) => fc.record({ width: length(max), height: length(max) });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const place = fc.record({ x: fraction, y: fraction });

describe('the view of a picture that can be zoomed', () => {
  it('shows all of it, in the middle', () => {
    expect(fit(picture, frame)).to.deep.equal({ scale: 0.5, center: { x: 960, y: 720 } });
    expect(toFrame(fit(picture, frame), frame, { x: 0, y: 0 })).to.deep.equal({ x: 0, y: 90 });
  });

  it('keeps the place under the pointer', () => {
    const before = fit(picture, frame);
    const pointer = { x: 300, y: 500 };
    const after = zoomTo(before, 2, picture, frame, pointer);
    expect(after.scale).to.equal(2);
    const [was, is] = [toPicture(before, frame, pointer), toPicture(after, frame, pointer)];
    expect(is.x).to.be.closeTo(was.x, 1e-9);
    expect(is.y).to.be.closeTo(was.y, 1e-9);
  });

  it('goes from the whole picture to single pixels, and no further', () => {
    expect(zoomTo(fit(picture, frame), 0.01, picture, frame, middle)).to.deep.equal(fit(picture, frame));
    expect(zoomTo(fit(picture, frame), 1e9, picture, frame, middle).scale).to.equal(48);
  });

  it('shows a picture of a few pixels as large as the frame', () => {
    const tiny = { width: 4, height: 4 };
    expect(zoomTo(fit(tiny, frame), 1, tiny, frame, middle).scale).to.equal(225);
  });

  it('knows the pixel under a point, at the edge the outermost', () => {
    expect(pixelAt({ x: 3.99, y: 0.2 }, picture)).to.deep.equal({ x: 3, y: 0 });
    expect(pixelAt({ x: -7, y: 9_999 }, picture)).to.deep.equal({ x: 0, y: 1_439 });
    expect(pixelAt({ x: 1_920, y: 1_440 }, picture)).to.deep.equal({ x: 1_919, y: 1_439 });
  });

  it('moves with the hand, up to the edge of the picture', () => {
    const near = zoomTo(fit(picture, frame), 1, picture, frame, middle);
    expect(pan(near, { x: 100, y: -50 }, picture, frame).center).to.deep.equal({ x: 860, y: 770 });
    expect(pan(near, { x: 1e6, y: 1e6 }, picture, frame).center).to.deep.equal({ x: 480, y: 450 });
  });

  it('moves to a point only as far as it has to', () => {
    const near = zoomTo(fit(picture, frame), 1, picture, frame, middle);
    expect(reveal(near, { x: 1_000, y: 700 }, picture, frame)).to.deep.equal(near);
    const moved = reveal(near, { x: 1_500, y: 720 }, picture, frame);
    expect(moved.center.y).to.equal(near.center.y);
    const { x } = toFrame(moved, frame, { x: 1_500, y: 720 });
    expect(x).to.be.within(0, frame.width);
  });

  it('leaves no gap at an edge where the picture is larger than the frame, whatever is done', () => {
    fc.assert(
      fc.property(
        size(5_000),
        size(2_000),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        place,
        place,
        (p, f, scale, at, by) => {
          const point = { x: at.x * f.width, y: at.y * f.height };
          const zoomed = zoomTo(fit(p, f), scale, p, f, point);
          const moved = pan(zoomed, { x: (by.x - 0.5) * 9_999, y: (by.y - 0.5) * 9_999 }, p, f);
          const start = toFrame(moved, f, { x: 0, y: 0 });
          const end = toFrame(moved, f, { x: p.width, y: p.height });
          for (const [from, to, shown] of [
            [start.x, end.x, f.width],
            [start.y, end.y, f.height],
          ] as const) {
            if (to - from >= shown) {
              expect(from).to.be.at.most(1e-6);
              expect(to).to.be.at.least(shown - 1e-6);
            } else {
              expect(from + to).to.be.closeTo(shown, 1e-6);
            }
          }
          expect(moved.scale).to.be.at.least(fitScale(p, f));
          expect(within(moved, p, f)).to.deep.equal(moved);
        },
      ),
    );
  });
});
