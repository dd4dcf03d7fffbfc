import { expect } from 'chai';
import fc from 'fast-check';
import type { Region } from '../../../../../client-sdk/src/color/card/flatRegions.ts';
import { project, type Homography, type Point } from '../../../../../client-sdk/src/color/card/geometry.ts';
import { growLattices } from '../../../../../client-sdk/src/color/card/growLattice.ts';

const SIDE = 0.75;

/** The region of a patch where a homography brings it: a parallelogram, as its sides are there. */
function regionAt(homography: Homography, column: number, row: number): Region {
  const at = (x: number, y: number) => project(homography, { x: column + x, y: row + y });
  const between = (from: Point, to: Point) => ({ x: (to.x - from.x) * SIDE, y: (to.y - from.y) * SIDE });
  const across = between(at(-0.5, 0), at(0.5, 0));
  const along = between(at(0, -0.5), at(0, 0.5));
  const xx = (across.x ** 2 + along.x ** 2) / 12;
  const xy = (across.x * across.y + along.x * along.y) / 12;
  const yy = (across.y ** 2 + along.y ** 2) / 12;
  const determinant = xx * yy - xy ** 2;
  const color = [column * 30, row * 50, 90] as const;
  const inverse = { xx: yy / determinant, xy: -xy / determinant, yy: xx / determinant };
  return { ...at(0, 0), area: Math.abs(across.x * along.y - across.y * along.x), color, ...inverse };
}

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const homographies = fc
  .record({ angle: number(0, 2 * Math.PI), scale: number(12, 80), squeeze: number(0.6, 1), tilt: number(-0.03, 0.03) })
  .map(({ angle, scale, squeeze, tilt }): Homography => {
    const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
    return [cos, -sin * squeeze, 400, sin, cos * squeeze, 300, tilt, tilt / 2, 1];
  });

const places = Array.from({ length: 24 }, (_, index) => ({ column: index % 6, row: Math.floor(index / 6) }));

describe('growLattices', () => {
  it('finds the rows and columns again, turned, squeezed and in perspective, with patches missing', () => {
    const missing = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { maxLength: 4 });
    fc.assert(
      fc.property(homographies, missing, (homography, gone) => {
        const regions = places
          .filter((_place, index) => !gone.includes(index))
          .map(({ column, row }) => regionAt(homography, column, row));
        const [lattice] = growLattices(regions);
        expect(lattice?.cells).to.have.lengthOf(regions.length);
        for (const { column, row, region } of lattice!.cells) {
          const { x, y } = project(lattice!.homography, { x: column, y: row });
          expect(Math.hypot(x - region.x, y - region.y)).to.be.below(0.01 * Math.sqrt(region.area));
        }
      }),
      { seed: 11 },
    );
  });

  it('counts clockwise, as the picture does: columns to rows is a turn to the right', () => {
    const [lattice] = growLattices(
      places.map(({ column, row }) => regionAt([0, 40, 9, 40, 0, 9, 0, 0, 1], column, row)),
    );
    const [origin, across, along] = [
      [0, 0],
      [1, 0],
      [0, 1],
    ].map(([x, y]) => project(lattice!.homography, { x: x!, y: y! })) as [Point, Point, Point];
    const turn = (across.x - origin.x) * (along.y - origin.y) - (across.y - origin.y) * (along.x - origin.x);
    expect(turn).to.be.above(0);
  });

  it('makes nothing of a few regions, nor of some in one row', () => {
    const homography: Homography = [40, 0, 50, 0, 40, 50, 0, 0, 1];
    const regions = (count: number, columns: number) =>
      Array.from({ length: count }, (_, index) => regionAt(homography, index % columns, Math.floor(index / columns)));
    expect(growLattices([])).to.deep.equal([]);
    expect(growLattices(regions(6, 3))).to.deep.equal([]);
    expect(growLattices(regions(6, 6))).to.deep.equal([]);
  });
});
