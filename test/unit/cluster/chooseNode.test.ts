import { expect } from 'chai';
import { placements, type Placement } from '../../../config/schema.ts';
import { chooseNode } from '../../../server/cluster/chooseNode.ts';
import type { NodeRecord } from '../../../server/cluster/NodeRecord.ts';
import { nodeRecord } from '../../helpers/clusterStoreContract.ts';

const node = (nodeId: string, load: number, differences: Partial<NodeRecord> = {}) =>
  nodeRecord(nodeId, { load, region: 'here', ...differences });
const away = (nodeId: string, load: number) => node(nodeId, load, { region: 'away' });
const broken = (nodeId: string, load: number) => node(nodeId, load, { mediaReady: false });
const draining = (nodeId: string, load: number) => node(nodeId, load, { draining: true });

const asked = (...holders: string[]) => ({ ownId: 'own', holders });

describe('the choice of the node for one more participant', () => {
  for (const [title, placement, nodes, expected] of [
    ['the emptiest node, wherever it is', 'leastLoaded', [node('own', 50), node('b', 30), away('c', 10)], 'c'],
    ['of the region the emptiest', 'region', [node('own', 50), node('b', 30), away('c', 10)], 'b'],
    ['the one that was asked', 'sticky', [node('own', 50), node('b', 30), away('c', 10)], 'own'],
    ['the one that was asked, where another is hardly emptier', 'leastLoaded', [node('own', 19), node('b', 10)], 'own'],
    ['the emptiest by its capacity', 'leastLoaded', [node('own', 60), node('b', 70, { capacity: 1_000 })], 'b'],
    ['another region, where this one is full', 'region', [node('own', 95), node('b', 90), away('c', 10)], 'c'],
    [
      'another node of the region, where the one that was asked is full',
      'sticky',
      [node('own', 95), node('b', 30), away('c', 0)],
      'b',
    ],
    ['the least full one, where all are', 'region', [node('own', 130), node('b', 100), away('c', 110)], 'b'],
    ['one that is not draining', 'sticky', [draining('own', 0), node('b', 80)], 'b'],
    ['one that is not draining, in another region', 'region', [draining('own', 0), away('c', 80)], 'c'],
    [
      'one with a media worker, though it be fuller',
      'leastLoaded',
      [node('own', 60), broken('b', 0), node('c', 30)],
      'c',
    ],
    ['itself without a media worker', 'sticky', [broken('own', 0), node('b', 0)], 'own'],
    ['itself without a media worker, where there is no other', 'region', [broken('own', 0)], 'own'],
    ['another without a media worker, where there is no better', 'region', [draining('own', 0), broken('b', 0)], 'b'],
    ['one of its own, though the node that was asked is not known', 'region', [node('b', 30), node('c', 20)], 'c'],
    ['the same of equals, wherever one asks', 'leastLoaded', [node('c', 0), node('b', 0)], 'b'],
  ] as const satisfies [string, Placement, NodeRecord[], string][]) {
    it(`${placement}: ${title}`, () => expect(chooseNode(placement, nodes, asked())).to.equal(expected));
  }

  for (const [title, placement, nodes, holders, expected] of [
    ['together, though in another region', 'sticky', [node('own', 0), node('b', 0), away('c', 50)], ['c'], 'c'],
    ['where one is, of two that have it', 'sticky', [node('own', 80), away('c', 0)], ['own', 'c'], 'own'],
    ['the emptiest that has it', 'sticky', [node('own', 0), node('b', 60), away('c', 50)], ['b', 'c'], 'c'],
    ['apart, where those that have it are full', 'sticky', [node('own', 10), away('c', 95)], ['c'], 'own'],
    ['apart, rather than with one that is draining', 'sticky', [node('own', 10), draining('c', 0)], ['c'], 'own'],
    ['together in the region', 'region', [node('own', 0), node('b', 80), away('c', 0)], ['b', 'c'], 'b'],
    ['near them, though it is elsewhere', 'region', [node('own', 80), away('c', 0)], ['c'], 'own'],
    ['elsewhere, where the region is full', 'region', [node('own', 95), away('c', 0)], ['own'], 'c'],
    [
      'together, where another is hardly emptier',
      'leastLoaded',
      [node('own', 60), node('b', 19), node('c', 10)],
      ['b'],
      'b',
    ],
    ['where it is emptiest', 'leastLoaded', [node('own', 60), node('b', 30), node('c', 10)], ['b'], 'c'],
  ] as const satisfies [string, Placement, NodeRecord[], string[], string][]) {
    it(`${placement}: ${title}`, () => expect(chooseNode(placement, nodes, asked(...holders))).to.equal(expected));
  }

  for (const placement of placements) {
    it(`${placement}: none, where none takes anyone`, () => {
      expect(chooseNode(placement, [draining('own', 0), draining('b', 0)], asked('b'))).to.equal(undefined);
      expect(chooseNode(placement, [], asked())).to.equal(undefined);
    });
  }
});
