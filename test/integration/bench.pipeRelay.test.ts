import { expect } from 'chai';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { PipeRelay } from '../../bench/relay/PipeRelay.ts';
import { freePorts } from '../../bench/lib/freePorts.ts';
import { waitFor } from '../helpers/waitFor.ts';

const [ONE, OTHER] = ['127.0.0.2', '127.0.0.3'];

describe('the relay between nodes of the bench', () => {
  const sockets: Socket[] = [];
  let relay: PipeRelay;
  let ports: number[];

  async function openEnd(port: number): Promise<{ socket: Socket; got: { text: string; from: RemoteInfo }[] }> {
    const socket = createSocket('udp4');
    sockets.push(socket);
    const got: { text: string; from: RemoteInfo }[] = [];
    socket.on('message', (text, from) => got.push({ text: String(text), from }));
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return { socket, got };
  }

  before(async () => {
    const first = await freePorts(4, ['127.0.0.1', ONE, OTHER]);
    ports = [first, first + 1, first + 2, first + 3];
    relay = await PipeRelay.open([
      { address: ONE, ports: ports.slice(0, 2) },
      { address: OTHER, ports: ports.slice(2) },
    ]);
  });
  after(() => {
    relay.close();
    for (const socket of sockets) socket.close();
  });

  it('lets each end see the other at the address that it announces, until it parts them', async () => {
    const one = await openEnd(ports[1]!);
    const other = await openEnd(ports[2]!);
    one.socket.send('tea', ports[2]!, OTHER);
    await waitFor('what one sends', () => other.got.length === 1);
    expect(other.got[0]).to.deep.include({ text: 'tea' });
    expect(other.got[0]!.from).to.include({ address: ONE, port: ports[1] });
    other.socket.send('cup', other.got[0]!.from.port, other.got[0]!.from.address);
    await waitFor('an answer', () => one.got.length === 1);
    expect(one.got[0]!.from).to.include({ address: OTHER, port: ports[2] });

    relay.part();
    one.socket.send('lost', ports[2]!, OTHER);
    await waitFor('the relay to drop it', () => relay.counts.dropped === 1);
    relay.mend();
    one.socket.send('found', ports[2]!, OTHER);
    await waitFor('the next one', () => other.got.length === 2);
    expect(other.got.map(({ text }) => text)).to.deep.equal(['tea', 'found']);
    expect(relay.counts).to.deep.equal({ passed: 3, dropped: 1 });
  });
});
