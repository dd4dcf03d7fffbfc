import { expect } from 'chai';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Browser } from '../../bench/lib/Browser.ts';
import { ProbeServer } from '../../bench/lib/ProbeServer.ts';
import { watchOnce, type WatchedJoin } from '../../bench/scenarios/pages.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';

describe('a measured join', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let browser: Browser;
  let pages: ProbeServer;
  let silent: Server;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    browser = await Browser.launch(folder.path);
    pages = await ProbeServer.start(['chaxi']);
    // Accepts, and never says a word.
    silent = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    silent.close();
    pages.close();
    await browser.close();
  });

  function joinThrough(url: string, start: 'cold' | 'warm'): Promise<WatchedJoin> {
    return watchOnce({
      ...{ browser, url, start, pageUrl: pages.urlOf('chaxi'), token: 'e30.e30.e30', relay: null },
      ...{ source: { width: 640, height: 360 }, timeoutMs: 1_000, fullSizeTimeoutMs: 0 },
    });
  }

  it('has failed where its preparation does', async () => {
    const { port } = silent.address() as AddressInfo;
    const seen = await joinThrough(`http://127.0.0.1:${port}`, 'warm');
    expect(seen.failed).to.contain('Before the click: Waited 1000 ms for the preparation');
    expect(seen).to.deep.include({ firstFrameMs: null, firstPacketMs: null });
  });

  it('has failed where no frame comes', async () => {
    const { port } = silent.address() as AddressInfo;
    expect((await joinThrough(`http://127.0.0.1:${port}`, 'cold')).failed).to.be.a('string');
  });
});
