import { expect } from 'chai';
import fc from 'fast-check';
import { chooseRouter, leastLoaded } from '../../../server/media/placement.ts';

const place = (name: string, load: number) => ({ name, load });

describe('the least loaded place', () => {
  it('is the first of those with the least load', () => {
    expect(leastLoaded([place('a', 3), place('b', 1), place('c', 1)])?.name).to.equal('b');
  });

  it('is none where there is none', () => {
    expect(leastLoaded([])).to.equal(undefined);
  });

  it('has no more load than any other, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), (loads) => {
        expect(leastLoaded(loads.map((load) => ({ load })))?.load).to.equal(Math.min(...loads));
      }),
    );
  });
});

describe('the router for one more participant', () => {
  const cases = [
    { says: 'is the first one made on the least loaded worker', routers: [], unused: [5, 2], choice: 'worker 2' },
    { says: 'is the one there is while it has space', routers: [9], unused: [0], choice: 'router 9' },
    { says: 'is a new one when the one there is has no space', routers: [10], unused: [7, 3], choice: 'worker 3' },
    { says: 'is the emptiest that has space', routers: [10, 4, 6], unused: [0], choice: 'router 4' },
    {
      says: 'is the emptiest, however full, when every worker is used',
      routers: [30, 20],
      unused: [],
      choice: 'router 20',
    },
    { says: 'is none where there is neither router nor worker', routers: [], unused: [], choice: undefined },
  ];
  for (const { says, routers, unused, choice } of cases) {
    it(says, () => {
      const chosen = chooseRouter({
        routers: routers.map((load) => ({ load })),
        unusedWorkers: unused.map((load) => ({ load })),
        routerCapacity: 10,
      });
      const said = chosen && ('use' in chosen ? `router ${chosen.use.load}` : `worker ${chosen.createOn.load}`);
      expect(said).to.equal(choice);
    });
  }

  it('is never a full one while a worker is unused or another router has space', () => {
    const loads = fc.array(fc.nat(100));
    fc.assert(
      fc.property(loads, loads, fc.integer({ min: 1, max: 50 }), (routers, unused, routerCapacity) => {
        const chosen = chooseRouter({
          routers: routers.map((load) => ({ load })),
          unusedWorkers: unused.map((load) => ({ load })),
          routerCapacity,
        });
        if (!chosen || !('use' in chosen) || chosen.use.load < routerCapacity) return;
        expect(unused).to.be.empty;
        expect(Math.min(...routers)).to.equal(chosen.use.load);
      }),
    );
  });
});
