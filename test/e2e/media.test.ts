import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import type { Source } from '../../protocol/grants.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { TcpProxy } from '../helpers/TcpProxy.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('a tasting in real browsers', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  const pages: SdkPage[] = [];
  const join = async (identity: string, publish: readonly Source[] = [], url = node.url) => {
    const role = identity === 'host' ? 'host' : 'guest';
    const page = await SdkPage.join(chromium.browser, url, await node.token({ identity, role }), publish);
    pages.push(page);
    return page;
  };

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium();
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  it('lets two people see and hear each other', async () => {
    const host = await join('host', ['camera', 'microphone']);
    const guest = await join('guest', ['camera', 'microphone']);
    await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
    await Promise.all([host.waitForSound('guest'), guest.waitForSound('host')]);
  });

  it('lets four people see and hear each other', async () => {
    const names = ['host', 'li', 'anna', 'wei'];
    const people = new Map<string, SdkPage>();
    for (const name of names) people.set(name, await join(name, ['camera', 'microphone']));
    for (const [name, page] of people) {
      for (const other of names.filter((candidate) => candidate !== name)) {
        await page.waitForMovingVideo(other, 'camera');
        await page.waitForSound(other);
      }
    }
  });

  it('shows the cup beside the person: two cameras at once', async () => {
    const host = await join('host', ['camera', 'teaCloseUp', 'microphone']);
    const guest = await join('guest');
    await guest.waitForMovingVideo('host', 'camera');
    await guest.waitForMovingVideo('host', 'teaCloseUp');
    expect(await guest.sourcesOf('host')).to.have.members(['camera', 'teaCloseUp', 'microphone']);
    expect(await host.state()).to.equal('joined');
  });

  it('stops the picture when the camera is muted and brings it back after', async () => {
    const host = await join('host', ['camera']);
    const guest = await join('guest');
    await guest.waitForMovingVideo('host', 'camera');
    await host.page.evaluate(() => window.room.localParticipant.tracks.get('camera')?.mute());
    await guest.waitForEvent('trackMuted');
    await waitFor('the frames to stop', async () => {
      const before = await guest.framesDecoded('host', 'camera');
      await guest.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))));
      return (await guest.framesDecoded('host', 'camera')) === before;
    });
    await host.page.evaluate(() => window.room.localParticipant.tracks.get('camera')?.unmute());
    await guest.waitForEvent('trackUnmuted');
    await guest.waitForMovingVideo('host', 'camera');
  });

  it('shows a shared screen, and takes it away again', async () => {
    const host = await join('host');
    const guest = await join('guest');
    await host.publish('screen');
    await guest.waitForEvent('trackSubscribed host screen');
    await waitFor('frames of the screen', () => guest.framesDecoded('host', 'screen'));
    await host.page.evaluate(() => window.room.localParticipant.unpublish('screen'));
    await guest.waitForEvent('trackUnsubscribed host screen');
  });

  it('lets someone leave and come back', async () => {
    const host = await join('host', ['camera']);
    const guest = await join('guest', ['camera']);
    await host.waitForMovingVideo('guest', 'camera');
    await guest.page.evaluate(() => window.room.leave());
    await host.waitForEvent('participantLeft');
    expect(await host.identities()).to.deep.equal([]);
    await guest.page.evaluate(() => window.room.join());
    await guest.publish('camera');
    await host.waitForMovingVideo('guest', 'camera');
    await guest.waitForMovingVideo('host', 'camera');
  });

  it('takes a reload for the same person', async () => {
    const host = await join('host', ['camera']);
    await join('guest', ['camera']);
    const again = await join('guest', ['camera']);
    await host.waitForMovingVideo('guest', 'camera');
    await again.waitForMovingVideo('host', 'camera');
    expect(await host.identities()).to.deep.equal(['guest']);
  });

  it('keeps media flowing while a lost socket is replaced, with the same transports', async () => {
    const proxy = await TcpProxy.start(node.url);
    try {
      const host = await join('host', ['camera']);
      const guest = await join('guest', ['camera'], proxy.url);
      await guest.waitForMovingVideo('host', 'camera');
      const [room] = node.server.registry.rooms;
      const participant = room?.participants.find(({ claims }) => claims.sub === 'guest');
      const transportId = participant?.media?.recvOptions?.id;
      proxy.refusing = true;
      proxy.cut();
      await guest.waitForState('reconnecting');
      await guest.waitForMovingVideo('host', 'camera');
      await host.waitForMovingVideo('guest', 'camera');
      proxy.refusing = false;
      await guest.waitForEvent('reconnected');
      await guest.waitForMovingVideo('host', 'camera');
      expect(participant?.closed).to.equal(false);
      expect(participant?.media?.recvOptions?.id).to.equal(transportId);
      expect(await host.events()).to.not.include('participantLeft');
    } finally {
      await proxy.close();
    }
  });

  it('rejoins with the same publications, muted where they were, after the server was restarted', async () => {
    const host = await join('host', ['camera']);
    const guest = await join('guest', ['camera', 'microphone']);
    await host.waitForMovingVideo('guest', 'camera');
    await guest.page.evaluate(() => window.room.localParticipant.tracks.get('microphone')?.mute());
    await host.waitForEvent('trackMuted');
    const port = Number(new URL(node.url).port);
    await node.close();
    node = await startTestServer({ http: { port } });
    await Promise.all([host.waitForEvent('reconnected'), guest.waitForEvent('reconnected')]);
    await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
    const paused = await waitFor('the microphone to be published again', () =>
      host.page.evaluate(() => {
        const [other] = window.room.participants.values();
        const track = other?.publishedTracks.get('microphone');
        return track && { paused: track.paused };
      }),
    );
    expect(paused).to.deep.equal({ paused: true });
  });

  it('has video again after a media worker was killed', async () => {
    const host = await join('host', ['camera', 'microphone']);
    const guest = await join('guest', ['camera']);
    await guest.waitForMovingVideo('host', 'camera');
    await host.waitForMovingVideo('guest', 'camera');
    const used = node.server.pool.workers.find(({ load }) => load > 0);
    process.kill(used!.pid, 'SIGKILL');
    await guest.waitForEvent('trackUnsubscribed host camera');
    await Promise.all([guest.waitForMovingVideo('host', 'camera'), host.waitForMovingVideo('guest', 'camera')]);
    await guest.waitForSound('host');
    expect(await guest.state()).to.equal('joined');
  });
});
