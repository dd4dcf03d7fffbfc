import { expect } from 'chai';
import fc from 'fast-check';
import {
  compose,
  fitHomography,
  invert,
  project,
  type Homography,
  type Point,
} from '../../../../../client-sdk/src/color/card/geometry.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** A card that is turned, moved, scaled and seen from the side, as a camera may see it. */
const homographies = fc
  .record({
    angle: number(0, 2 * Math.PI),
    scale: number(5, 200),
    x: number(0, 1_920),
    y: number(0, 1_080),
    tiltX: number(-0.08, 0.08),
    tiltY: number(-0.08, 0.08),
  })
  .map(({ angle, scale, x, y, tiltX, tiltY }): Homography => {
    const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
    return [cos, -sin, x, sin, cos, y, tiltX, tiltY, 1];
  });

const grid: Point[] = Array.from({ length: 24 }, (_, index) => ({ x: index % 6, y: Math.floor(index / 6) }));

const distance = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y);

describe('a homography', () => {
  it('is found again from where it brings points', () => {
    fc.assert(
      fc.property(homographies, (homography) => {
        const found = fitHomography(grid.map((point) => [point, project(homography, point)] as const))!;
        for (const point of [...grid, { x: -1, y: 5 }]) {
          expect(distance(project(found, point), project(homography, point))).to.be.below(0.001);
        }
      }),
    );
  });

  it('goes back and forth', () => {
    fc.assert(
      fc.property(homographies, number(0, 5), number(0, 3), (homography, x, y) => {
        const there = project(homography, { x, y });
        expect(distance(project(invert(homography), there), { x, y })).to.be.below(1e-6);
        expect(distance(project(compose(invert(homography), homography), { x, y }), { x, y })).to.be.below(1e-6);
      }),
    );
  });

  it('lies between points that do not quite agree', () => {
    const pairs = grid.map((point, index) => {
      const shift = index % 2 === 0 ? 0.3 : -0.3;
      return [point, { x: 40 * point.x + shift, y: 40 * point.y - shift }] as const;
    });
    const found = fitHomography(pairs)!;
    for (const point of grid) {
      expect(distance(project(found, point), { x: 40 * point.x, y: 40 * point.y })).to.be.below(0.3);
    }
  });

  it('is none for three points, and none for points on a line', () => {
    expect(fitHomography(grid.slice(0, 3).map((point) => [point, point] as const))).to.equal(null);
    expect(fitHomography(grid.slice(0, 6).map((point) => [point, point] as const))).to.equal(null);
  });
});
