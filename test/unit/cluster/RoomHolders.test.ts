import { expect } from 'chai';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { RoomKey } from '../../../server/cluster/ClusterStore.ts';
import { LocalStore } from '../../../server/cluster/local/LocalStore.ts';
import { RoomHolders } from '../../../server/cluster/RoomHolders.ts';
import { nodeRecord } from '../../helpers/clusterStoreContract.ts';
import { waitFor } from '../../helpers/waitFor.ts';

const tea: RoomKey = { tenant: 'shop', room: 'tea' };

const CARRIED = { settings: { lobby: true }, ttlMs: 0 };

describe('the rooms that a node has', () => {
  let store: LocalStore;
  let leaving: string[];
  let settled: boolean;
  const opened: RoomHolders[] = [];
  const open = async (nodeId: string) => {
    await store.writeNode(nodeRecord(nodeId), 60_000);
    const owners = new RoomHolders({ store, nodeId, settled: () => settled, leaving: () => leaving });
    opened.push(owners);
    return owners;
  };

  beforeEach(() => {
    store = new LocalStore();
    leaving = [];
    settled = true;
  });
  afterEach(() => {
    for (const owners of opened.splice(0)) owners.close();
  });

  it('are its own until it lets go of them', async () => {
    const [a, b] = [await open('a'), await open('b')];
    expect((await a.claim(tea, 'a')).holders).to.deep.equal(['a']);
    a.keep(tea, CARRIED);
    expect((await b.claim(tea, 'b')).holders).to.deep.equal(['a']);
    a.release(tea);
    expect((await b.claim(tea, 'b')).holders).to.deep.equal(['b']);
  });

  it('can be given to another node, and be had beside one that is leaving', async () => {
    const [a] = [await open('a'), await open('b')];
    expect((await a.claim(tea, 'b')).holders).to.deep.equal(['b']);
    leaving = ['b'];
    expect((await a.claim(tea, 'a')).holders).to.deep.equal(['a', 'b']);
  });

  it('are claimed again when the store has lost them', async () => {
    const a = await open('a');
    await a.claim(tea, 'a');
    a.keep(tea, CARRIED);
    await store.releaseRoom(tea, 'a', false);
    a.claimAgain();
    await waitFor('the claim to be back', async () => (await store.findRoom(tea)).holders.join() === 'a');
  });

  it('are claimed again as soon as that can be, where the store was away', async () => {
    const a = await open('a');
    await a.claim(tea, 'a');
    a.keep(tea, CARRIED);
    await store.releaseRoom(tea, 'a', false);
    const claimRoom = store.claimRoom.bind(store);
    let refusals = 0;
    store.claimRoom = (...args) => {
      refusals += 1;
      return refusals > 2 ? claimRoom(...args) : Promise.reject(new ChaxiError('clusterUnavailable'));
    };
    a.claimAgain();
    await waitFor('the claim to be back', async () => (await store.findRoom(tea)).holders.join() === 'a');
    expect(refusals).to.equal(3);
  });

  it('are given to nobody while nodes may still have to write down what they have', async () => {
    const [a, b] = [await open('a'), await open('b')];
    a.keep(tea, CARRIED);
    await waitFor('the claim to be written', async () => (await store.findRoom(tea)).holders.join() === 'a');
    await store.releaseRoom(tea, 'a', false);
    settled = false;
    const error = await b.claim(tea, 'b').catch((caught: unknown) => caught);
    expect(error).to.include({ code: 'clusterUnavailable' });
    a.claimAgain();
    await waitFor('the claim to be there', async () => (await b.find(tea)).holders.join() === 'a');
    expect((await b.claim(tea, 'b')).holders).to.deep.equal(['a']);
  });

  it('are given to nobody by a node that the store has forgotten, with all else', async () => {
    const [a, b] = [await open('a'), await open('b')];
    await a.claim(tea, 'a');
    a.keep(tea, CARRIED);
    for (const nodeId of ['a', 'b']) await store.removeNode(nodeId);
    await store.releaseRoom(tea, 'a', false);
    const error = await b.claim(tea, 'b').catch((caught: unknown) => caught);
    expect(error).to.include({ code: 'clusterUnavailable' });
    a.claimAgain();
    await store.writeNode(nodeRecord('a'), 60_000);
    await waitFor('the claim to be there', async () => (await b.find(tea)).holders.join() === 'a');
  });

  it('are known to each node that has them too, as often as it writes that it has', async () => {
    const [a, b] = [await open('a'), await open('b')];
    const told: [string, RoomKey, string[]][] = [];
    a.onShared((room, others) => told.push(['a', room, others]));
    b.onShared((room, others) => told.push(['b', room, others]));
    a.keep(tea, CARRIED);
    await waitFor('a to have it', () => told.length === 1);
    b.keep(tea, CARRIED);
    await waitFor('b to have it', () => told.length === 2);
    a.claimAgain();
    await waitFor('a to hear of b', () => told.length === 3);
    expect(told).to.deep.equal([
      ['a', tea, []],
      ['b', tea, ['a']],
      ['a', tea, ['b']],
    ]);
  });

  it('are not claimed for ever by one that is released while it is claimed again', async () => {
    const a = await open('a');
    await a.claim(tea, 'a');
    a.keep(tea, CARRIED);
    a.claimAgain();
    a.release(tea);
    await waitFor('the room to be free', async () => (await store.findRoom(tea)).holders.length === 0);
  });
});
