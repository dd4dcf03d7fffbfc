import { expect } from 'chai';
import { SignalingSocket } from '../../../../client-sdk/src/signaling/SignalingSocket.ts';
import type { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { FakePeer, fakePeers } from '../fakes/FakePeer.ts';
import { rejection } from '../fakes/rejection.ts';

describe('SignalingSocket', () => {
  function open() {
    const { createPeer, latest } = fakePeers();
    const socket = new SignalingSocket('ws://tea.example/signaling', createPeer);
    const lost: ChaxiError[] = [];
    socket.on('lost', (error) => void lost.push(error));
    return { socket, peer: latest(), lost };
  }

  it('resolves a request with the answer', async () => {
    const { socket, peer } = open();
    const answer = socket.request('setMetadata', { metadata: 'hi' }, 1_000);
    expect(peer.requests[0]).to.include({ method: 'setMetadata' });
    peer.requests[0]?.resolve({});
    expect(await answer).to.deep.equal({});
  });

  it('rejects a request with the code of the server', async () => {
    const { socket, peer } = open();
    const answer = socket.request('admit', { participantId: 'bo' }, 1_000);
    peer.requests[0]?.reject(FakePeer.refusal(403, { code: 'notAllowed', message: 'no' }));
    expect((await rejection(answer)).code).to.equal('notAllowed');
  });

  it('rejects a request that nobody answers', async () => {
    const { socket } = open();
    expect((await rejection(socket.request('leave', {}, 1))).code).to.equal('requestTimeout');
  });

  it('tells once that it is lost, and why', () => {
    const { peer, lost } = open();
    peer.emit('failed');
    peer.emit('disconnected');
    peer.emit('close');
    expect(lost.map(({ code }) => code)).to.deep.equal(['serverUnreachable']);
    expect(peer.closed).to.equal(true);
  });

  it('rejects what is under way when it is lost', async () => {
    const { socket, peer } = open();
    const answer = rejection(socket.request('leave', {}, 1_000));
    peer.emit('disconnected');
    expect((await answer).code).to.equal('connectionLost');
  });

  it('says nothing after its own close', () => {
    const { socket, peer, lost } = open();
    socket.close();
    socket.close();
    peer.emit('close');
    expect(lost).to.deep.equal([]);
    expect(socket.closed).to.equal(true);
  });
});
