import { expect } from 'chai';
import type { Still } from '../../client-sdk/src/index.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { openPatchCamera, publishPatches } from '../helpers/PatchCamera.ts';
import { callRest } from '../helpers/restClient.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { TcpProxy } from '../helpers/TcpProxy.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

declare global {
  interface Window {
    asked: Promise<Still>;
    /** Lets the camera take its photograph. */
    release: () => void;
  }
}

describe('stills by the SDK', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  const pages: SdkPage[] = [];
  const join = async (identity: string, url = node.url) => {
    const role = identity === 'host' ? 'host' : 'guest';
    const page = await SdkPage.join(chromium.browser, url, await node.token({ identity, role }));
    pages.push(page);
    return page;
  };
  const joinWithCup = async (url?: string) => {
    const host = await join('host', url);
    await openPatchCamera(host.page, 'rgb');
    await publishPatches(host.page, 'vp8');
    return host;
  };
  /** The camera of the host waits for `window.release()` before it takes a photograph. */
  const holdCamera = (host: SdkPage) =>
    host.page.evaluate(() => {
      const track = window.room.localParticipant.tracks.get('teaCloseUp')!;
      const take = track.captureStill.bind(track);
      const released = new Promise<void>((resolve) => (window.release = resolve));
      track.captureStill = () => {
        window.seen.push('photograph');
        return released.then(take);
      };
    });
  const ask = (guest: SdkPage) =>
    guest.page.evaluate(() => {
      window.asked = window.room.requestStill();
      window.asked.catch(() => undefined);
    });
  const outcome = (guest: SdkPage) =>
    guest.page.evaluate(async () => {
      try {
        const { stillId, url, width, height, mimeType, requestedBy, takenFrom } = await window.asked;
        const bitmap = await createImageBitmap(await (await fetch(url)).blob());
        const fetched = { width: bitmap.width, height: bitmap.height };
        return { stillId, width, height, mimeType, fetched, requestedBy, takenFrom };
      } catch (error) {
        return { code: (error as { code?: string }).code };
      }
    });

  /** Of this room, in every test so far: they stay when a room closes. */
  const kept = async () => {
    const { body } = await callRest(node, 'GET', '/rooms/tea/stills');
    return (body as { stills: Still[] }).stills;
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

  it('are taken by whoever shows the cup, and are there for everyone, also for those who come later', async () => {
    await joinWithCup();
    const guest = await join('anna');
    await guest.waitForEvent('trackSubscribed host teaCloseUp');
    await ask(guest);
    const still = await outcome(guest);
    expect(still).to.deep.include({ width: 640, height: 360, fetched: { width: 640, height: 360 } });
    expect(still.requestedBy?.identity).to.equal('anna');
    expect(still.takenFrom?.identity).to.equal('host');
    const late = await join('wei');
    const listed = await late.page.evaluate(async () => (await window.room.listStills({ limit: 1 }))[0]);
    expect(listed?.stillId).to.equal(still.stillId);
  });

  /** What both addresses of the still show that was asked for. */
  const picturesOf = (guest: SdkPage) =>
    guest.page.evaluate(async () => {
      const { url, previewUrl } = await window.asked;
      const look = async (address: string) => {
        const blob = await (await fetch(address)).blob();
        const { width, height } = await createImageBitmap(blob);
        return { width, height, type: blob.type };
      };
      return { same: url === previewUrl, picture: await look(url), preview: await look(previewUrl!) };
    });

  it('bring a small picture of them for lists', async () => {
    await joinWithCup();
    const guest = await join('anna');
    await guest.waitForEvent('trackSubscribed host teaCloseUp');
    await ask(guest);
    const { same, picture, preview } = await picturesOf(guest);
    expect(same).to.equal(false);
    expect(picture).to.include({ width: 640, height: 360 });
    expect(preview).to.deep.equal({ width: 480, height: 270, type: 'image/jpeg' });
  });

  it('come also where their small picture can not be sent', async () => {
    const host = await joinWithCup();
    await host.page.evaluate(() => {
      const send = window.fetch;
      window.fetch = (address, init) =>
        String(address).endsWith('/preview') ? Promise.reject(new TypeError('Failed to fetch')) : send(address, init);
      const track = window.room.localParticipant.tracks.get('teaCloseUp')!;
      const take = track.captureStill.bind(track);
      track.captureStill = async () => {
        const still = await take();
        if (still.preview) window.seen.push('a preview was made');
        return still;
      };
    });
    const guest = await join('anna');
    await guest.waitForEvent('trackSubscribed host teaCloseUp');
    await ask(guest);
    const { same, picture } = await picturesOf(guest);
    await host.waitForEvent('a preview was made');
    expect(same).to.equal(true);
    expect(picture).to.include({ width: 640, height: 360 });
  });

  it('can be asked of one’s own camera, and removed again', async () => {
    const host = await joinWithCup();
    await ask(host);
    const { stillId } = await outcome(host);
    const left = await host.page.evaluate(async (id) => {
      const removed = new Promise<string>((resolve) => window.room.on('stillRemoved', resolve));
      await window.room.removeStill(id!);
      const listed = await window.room.listStills();
      return { removed: await removed, listed: listed.filter((still) => still.stillId === id) };
    }, stillId);
    expect(left).to.deep.equal({ removed: stillId, listed: [] });
  });

  it('fail with a word where nobody shows a cup, and where the camera goes before it was taken', async () => {
    const guest = await join('anna');
    await ask(guest);
    expect(await outcome(guest)).to.deep.equal({ code: 'producerNotFound' });
    const host = await joinWithCup();
    await guest.waitForEvent('trackSubscribed host teaCloseUp');
    await holdCamera(host);
    await ask(guest);
    await host.waitForEvent('photograph');
    await host.page.evaluate(() => window.room.leave());
    expect(await outcome(guest)).to.deep.equal({ code: 'participantNotFound' });
  });

  it('are sent and seen by a page of another origin', async () => {
    const proxy = await TcpProxy.start(node.url);
    try {
      const host = await SdkPage.open(chromium.browser, node.url, '');
      pages.push(host);
      await host.page.evaluate(
        async (url, token) => {
          window.room = new window.Chaxi.TastingRoom({ url, token });
          await window.room.join();
        },
        proxy.url,
        await node.token({ identity: 'host', role: 'host' }),
      );
      await openPatchCamera(host.page, 'rgb');
      await publishPatches(host.page, 'vp8');
      await ask(host);
      expect(await outcome(host)).to.deep.include({ fetched: { width: 640, height: 360 } });
    } finally {
      await proxy.close();
    }
  });

  for (const who of ['guest', 'host'] as const) {
    it(`come through although the socket of the ${who} is lost in between`, async () => {
      const proxy = await TcpProxy.start(node.url);
      try {
        const host = await joinWithCup(who === 'host' ? proxy.url : node.url);
        const guest = await join('anna', who === 'guest' ? proxy.url : node.url);
        const lost = who === 'host' ? host : guest;
        await guest.waitForEvent('trackSubscribed host teaCloseUp');
        await holdCamera(host);
        const before = await kept();
        await ask(guest);
        await host.waitForEvent('photograph');
        proxy.refusing = true;
        proxy.cut();
        await lost.waitForState('reconnecting');
        await host.page.evaluate(() => window.release());
        // Whoever asked is told only what happens from now on.
        if (who === 'guest') await waitFor('the still to be kept', async () => (await kept()).length > before.length);
        proxy.refusing = false;
        await lost.waitForEvent('reconnected');
        expect(await outcome(guest)).to.include({ width: 640, height: 360 });
      } finally {
        await proxy.close();
      }
    });
  }
});
