import { expect } from 'chai';
import { RoomMessages, type RoomMessagesOptions } from '../../../client-sdk/src/RoomMessages.ts';
import { rejection } from './fakes/rejection.ts';
import { silentLogger } from './fakes/silentLogger.ts';
import { FakeMessagingServer } from './messaging/fakes/FakeMessagingServer.ts';

describe('RoomMessages', () => {
  let server: FakeMessagingServer;
  let room: string | null;
  let node: string;
  let messages: RoomMessages;

  beforeEach(() => {
    server = new FakeMessagingServer();
    server.addConversation('tea', 'anna');
    server.addConversation('cake', 'anna');
    [room, node] = ['tea', 'https://one.example'];
    const token = FakeMessagingServer.token('anna');
    const options: RoomMessagesOptions = {
      options: { url: 'https://tea.example', token, logger: silentLogger },
      room: () => room,
      server: () => node,
      internals: { storage: 'memory', openSocket: server.openSocket },
    };
    messages = new RoomMessages(options);
  });
  afterEach(() => messages.close());

  it('opens the conversation of the room, once, on the node that has the room', async () => {
    const [first, second] = await Promise.all([messages.open(), messages.open()]);
    expect([first.conversationId, second]).to.deep.equal(['tea', first]);
    node = 'https://two.example';
    server.cut();
    await first.whenStored(await first.sendText('hello'));
    expect(server.addresses).to.deep.equal(['https://one.example', 'https://two.example']);
  });

  it('is for those who are in a room', async () => {
    room = null;
    expect((await rejection(messages.open())).code).to.equal('invalidState');
  });

  it('ends with the stay in the room, and begins anew with the next', async () => {
    const before = await messages.open();
    const ended = new Promise((resolve) => before.on('closed', resolve));
    messages.close();
    expect(await ended).to.equal(null);
    room = 'cake';
    expect((await messages.open()).conversationId).to.equal('cake');
  });

  it('opens nothing where the room was left meanwhile', async () => {
    const opening = rejection(messages.open());
    messages.close();
    expect((await opening).code).to.equal('invalidState');
    expect(server.socketCount).to.equal(0);
  });

  it('tries anew after the conversation could not be opened', async () => {
    server.mishap = (method) => (method === 'openRoom' ? 'notAllowed' : null);
    expect((await rejection(messages.open())).code).to.equal('notAllowed');
    server.mishap = () => null;
    expect((await messages.open()).conversationId).to.equal('tea');
  });
});
