import { expect } from 'chai';
import type { ClusterStore, RoomClaim } from '../../server/cluster/ClusterStore.ts';
import type { NodeRecord } from '../../server/cluster/NodeRecord.ts';
import { waitFor } from './waitFor.ts';

export function nodeRecord(nodeId: string, differences: Partial<NodeRecord> = {}): NodeRecord {
  return {
    nodeId,
    url: `http://${nodeId}.example`,
    region: '',
    version: '1.0.0',
    load: 0,
    capacity: 100,
    rooms: 0,
    participants: 0,
    mediaReady: true,
    draining: false,
    ...differences,
  };
}

/** What each driver of the cluster's store does. `here` and `there` are the same store, seen from two nodes. */
export function clusterStoreContract(stores: () => { here: ClusterStore; there: ClusterStore }): void {
  const LONG_MS = 60_000;
  const claimBy = (nodeId: string, differences: Partial<RoomClaim> = {}): RoomClaim => ({
    asker: nodeId,
    nodeId,
    beside: false,
    ttlMs: LONG_MS,
    leaving: [],
    ...differences,
  });
  const namesSeen = async (store: ClusterStore) => (await store.listNodes()).map(({ nodeId }) => nodeId);

  it('shows each node what the others have written, the latest, by their ids', async () => {
    const { here, there } = stores();
    await here.writeNode(nodeRecord('b'), LONG_MS);
    await there.writeNode(nodeRecord('a', { region: '福建', load: 3 }), LONG_MS);
    await here.writeNode(nodeRecord('b', { draining: true }), LONG_MS);
    const expected = [nodeRecord('a', { region: '福建', load: 3 }), nodeRecord('b', { draining: true })];
    expect(await here.listNodes()).to.deep.equal(expected);
    expect(await there.listNodes()).to.deep.equal(expected);
  });

  it('tells a node whether its record was still there', async () => {
    const { here, there } = stores();
    expect(await here.writeNode(nodeRecord('a'), LONG_MS)).to.equal(false);
    expect(await here.writeNode(nodeRecord('a'), LONG_MS)).to.equal(true);
    await there.removeNode('a');
    expect(await here.writeNode(nodeRecord('a'), LONG_MS)).to.equal(false);
  });

  it('forgets a node that does not write itself again, and no other', async () => {
    const { here, there } = stores();
    await here.writeNode(nodeRecord('short'), 30);
    await here.writeNode(nodeRecord('long'), LONG_MS);
    await waitFor('the one to be forgotten', async () => (await namesSeen(there)).join() === 'long');
    expect(await here.writeNode(nodeRecord('short'), LONG_MS)).to.equal(false);
    expect(await namesSeen(there)).to.deep.equal(['long', 'short']);
  });

  it('forgets a node that says goodbye at once', async () => {
    const { here, there } = stores();
    await here.writeNode(nodeRecord('a'), LONG_MS);
    await here.removeNode('a');
    await here.removeNode('never there');
    expect(await there.listNodes()).to.deep.equal([]);
  });

  const tea = { tenant: 'shop', room: '茶: a room' };

  it('gives a room to one node, whoever asks at once, until that one lets go of it', async () => {
    const { here, there } = stores();
    for (const nodeId of ['a', 'b']) await here.writeNode(nodeRecord(nodeId), LONG_MS);
    const places = await Promise.all([
      here.claimRoom(tea, claimBy('a')),
      there.claimRoom(tea, claimBy('b')),
      there.claimRoom(tea, claimBy('a')),
    ]);
    const holders = places.map((place) => place?.holders.join());
    expect(new Set(holders).size).to.equal(1);
    const [owner, other] = holders[0] === 'a' ? ['a', 'b'] : ['b', 'a'];
    expect((await there.findRoom(tea)).holders).to.deep.equal([owner]);
    await here.releaseRoom(tea, other, false);
    expect((await here.findRoom(tea)).holders).to.deep.equal([owner]);
    await there.releaseRoom(tea, owner, false);
    expect((await here.findRoom(tea)).holders).to.deep.equal([]);
    expect((await here.claimRoom(tea, claimBy(other)))?.holders).to.deep.equal([other]);
  });

  it('gives a room to as many nodes as want it beside each other, with the settings of the first', async () => {
    const { here, there } = stores();
    for (const nodeId of ['a', 'b', 'c']) await here.writeNode(nodeRecord(nodeId), LONG_MS);
    const carry = (metadata: string, ttlMs = LONG_MS) => ({ carried: { settings: { metadata }, ttlMs } });
    await here.claimRoom(tea, claimBy('a', carry('oolong')));
    const beside = await there.claimRoom(tea, claimBy('b', { beside: true, ...carry('puer') }));
    expect(beside).to.deep.equal({ holders: ['a', 'b'], settings: { metadata: 'oolong' } });
    const asked = await there.claimRoom(tea, claimBy('c'));
    expect(asked?.holders, 'not beside them').to.deep.equal(['a', 'b']);
    await there.releaseRoom(tea, 'a', false);
    expect(await here.findRoom(tea)).to.deep.equal({ holders: ['b'], settings: { metadata: 'oolong' } });
    await here.removeNode('b');
    expect((await here.findRoom(tea)).holders).to.deep.equal([]);
    const [first, second] = await Promise.all([
      here.claimRoom(tea, claimBy('a', { beside: true })),
      there.claimRoom(tea, claimBy('c', { beside: true })),
    ]);
    expect([first, second].map((place) => place?.holders.length).sort(), 'the later sees both').to.deep.equal([1, 2]);
  });

  it('leaves the settings of a room as they are when it is only asked for, also by whom it is moved', async () => {
    const { here, there } = stores();
    for (const nodeId of ['a', 'b']) await here.writeNode(nodeRecord(nodeId), LONG_MS);
    const carry = (lobby: boolean) => ({ carried: { settings: { lobby }, ttlMs: LONG_MS } });
    await here.claimRoom(tea, claimBy('a', { beside: true, ...carry(true) }));
    await there.claimRoom(tea, claimBy('a', { asker: 'b', ...carry(false) }));
    expect((await here.findRoom(tea)).settings).to.deep.equal({ lobby: true });
    await here.releaseRoom(tea, 'a', true);
    const moved = await there.claimRoom(tea, claimBy('b', carry(false)));
    expect(moved?.settings).to.deep.equal({ lobby: true });
    expect((await here.findRoom(tea)).settings).to.deep.equal({ lobby: true });
    await there.claimRoom(tea, claimBy('b', { beside: true, ...carry(false) }));
    expect((await here.findRoom(tea)).settings, 'by the only node that has it').to.deep.equal({ lobby: false });
  });

  it('keeps rooms of one name apart by their tenants', async () => {
    const { here } = stores();
    for (const nodeId of ['a', 'b']) await here.writeNode(nodeRecord(nodeId), LONG_MS);
    await here.claimRoom(tea, claimBy('a'));
    expect((await here.findRoom({ ...tea, tenant: 'other' })).holders).to.deep.equal([]);
    expect((await here.claimRoom({ ...tea, tenant: 'other' }, claimBy('b')))?.holders).to.deep.equal(['b']);
    expect((await here.findRoom(tea))?.holders).to.deep.equal(['a']);
  });

  it('gives a room to another node when the one that had it is gone, is leaving, or did not claim it again', async () => {
    const { here, there } = stores();
    for (const nodeId of ['a', 'b', 'c']) await here.writeNode(nodeRecord(nodeId), LONG_MS);
    await here.claimRoom(tea, claimBy('a'));
    await here.removeNode('a');
    expect((await there.findRoom(tea)).holders).to.deep.equal([]);
    expect((await there.claimRoom(tea, claimBy('b')))?.holders).to.deep.equal(['b']);
    expect((await here.claimRoom(tea, claimBy('c', { leaving: ['a'] })))?.holders).to.deep.equal(['b']);
    const both = await here.claimRoom(tea, claimBy('c', { ttlMs: 30, leaving: ['a', 'b'] }));
    expect(both?.holders, 'the one that leaves still has it').to.deep.equal(['b', 'c']);
    await waitFor('the claim to end', async () => (await there.findRoom(tea)).holders.length === 0);
  });

  it('carries the settings of a room to the next node that has it, and forgets them with the room', async () => {
    const { here, there } = stores();
    for (const nodeId of ['a', 'b']) await here.writeNode(nodeRecord(nodeId), LONG_MS);
    const [first, second] = [{ lobby: true, metadata: '茶' }, { lobby: false }];
    const carry = (settings: unknown) => ({ carried: { settings, ttlMs: LONG_MS } });
    expect(await here.claimRoom(tea, claimBy('a', carry(first)))).to.deep.equal({
      holders: ['a'],
      settings: undefined,
    });
    expect(await there.claimRoom(tea, claimBy('b', carry(second)))).to.deep.equal({ holders: ['a'], settings: first });
    await here.releaseRoom(tea, 'a', true);
    expect(await there.findRoom(tea)).to.deep.equal({ holders: [], settings: first });
    expect(await there.claimRoom(tea, claimBy('b'))).to.deep.equal({ holders: ['b'], settings: first });
    await here.releaseRoom(tea, 'a', false);
    expect(await here.findRoom(tea)).to.deep.equal({ holders: ['b'], settings: first });
    await here.releaseRoom(tea, 'b', false);
    expect(await here.findRoom(tea)).to.deep.equal({ holders: [], settings: undefined });
    await here.claimRoom(tea, claimBy('a', { carried: { settings: second, ttlMs: 30 } }));
    await waitFor('the settings to be forgotten', async () => (await there.findRoom(tea)).settings === undefined);
  });

  it('gives no room to a node, nor for one, that it has forgotten: it may have forgotten all', async () => {
    const { here, there } = stores();
    for (const nodeId of ['a', 'b']) await here.writeNode(nodeRecord(nodeId), LONG_MS);
    await here.claimRoom(tea, claimBy('a'));
    expect((await there.claimRoom(tea, claimBy('stranger')))?.holders, 'where it is is told').to.deep.equal(['a']);
    expect((await there.claimRoom(tea, claimBy('a', { asker: 'stranger' })))?.holders).to.deep.equal(['a']);
    await here.removeNode('a');
    await here.removeNode('b');
    expect(await there.claimRoom(tea, claimBy('b'))).to.equal(undefined);
    expect(await there.claimRoom(tea, claimBy('a', { asker: 'b' }))).to.equal(undefined);
    await here.writeNode(nodeRecord('a'), LONG_MS);
    expect((await here.findRoom(tea))?.holders, 'nothing has changed').to.deep.equal(['a']);
  });

  it('forgets a node that has ended: it neither listens nor writes itself in time', async () => {
    const { here, there } = stores();
    const OVERDUE_MS = LONG_MS / 2;
    for (const [nodeId, ttlMs] of [
      ['late', 20_000],
      ['deaf', LONG_MS],
      ['ended', 20_000],
    ] as const) {
      await here.writeNode(nodeRecord(nodeId), ttlMs);
    }
    const unsubscribe = await here.listen('late', () => {});
    expect(await there.removeEndedNode('late', OVERDUE_MS)).to.equal(false);
    expect(await there.removeEndedNode('deaf', OVERDUE_MS)).to.equal(false);
    expect(await there.removeEndedNode('ended', OVERDUE_MS)).to.equal(true);
    expect(await there.removeEndedNode('never there', OVERDUE_MS)).to.equal(true);
    expect(await namesSeen(here)).to.deep.equal(['deaf', 'late']);
    await unsubscribe();
    expect(await there.removeEndedNode('late', OVERDUE_MS)).to.equal(true);
    expect(await namesSeen(here)).to.deep.equal(['deaf']);
  });

  it('carries messages to whoever listens, in their order, and says how many these are', async () => {
    const { here, there } = stores();
    const heard: unknown[] = [];
    const unsubscribe = await there.listen('a', (message) => heard.push(message));
    const messages = [{ n: 1 }, { n: 2, text: '茶 " \n' }, [], null, 'three'];
    for (const message of messages) expect(await here.send('a', message)).to.equal(1);
    await waitFor('all messages', () => heard.length === messages.length);
    expect(heard).to.deep.equal(messages);
    expect(await here.send('b', 'nobody')).to.equal(0);
    await unsubscribe();
    expect(await here.send('a', 'nobody')).to.equal(0);
    expect(heard).to.have.length(messages.length);
  });

  it('ends one subscription and leaves the others', async () => {
    const { here, there } = stores();
    const heard: string[] = [];
    const first = await here.listen('a', () => heard.push('first'));
    await there.listen('a', () => heard.push('second'));
    await first();
    await there.send('a', {});
    await waitFor('the message', () => heard.length > 0);
    expect(heard).to.deep.equal(['second']);
  });

  it('is closed twice without harm', async () => {
    const { here } = stores();
    await here.close();
    await here.close();
  });
}
