import { expect } from 'chai';
import type { Source } from '../../protocol/grants.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { startRelayedServer, type RelayedServer } from '../helpers/relayedServer.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { waitFor } from '../helpers/waitFor.ts';

/** Of a machine under any load. */
const PATIENT = { timeoutMs: 60_000 };

declare global {
  interface Window {
    /** Of the server's ICE parameters that the page has taken. */
    usernameFragments: string[];
  }
}

/** Tells among the events of the page when a connection is given others than it had. */
const noteNewPaths = () => {
  const { prototype } = RTCPeerConnection;
  const set = prototype.setRemoteDescription;
  window.usernameFragments = [];
  prototype.setRemoteDescription = function (description: RTCSessionDescriptionInit) {
    const fragmentOf = (sdp = '') => /^a=ice-ufrag:(.*)$/m.exec(sdp)?.[1]?.trim();
    const [before, after] = [fragmentOf(this.remoteDescription?.sdp), fragmentOf(description.sdp)];
    if (after) window.usernameFragments.push(after);
    if (before && before !== after) window.seen.push('newPath');
    return Reflect.apply(set, this, [description]) as Promise<void>;
  };
};

describe('media over a network that breaks', function () {
  this.timeout(180_000);
  let relayed: RelayedServer;
  let chromium: Chromium;
  const pages: SdkPage[] = [];
  const join = async (identity: 'host' | 'guest', publish: readonly Source[], atFirst?: () => void) => {
    const token = await relayed.node.token({ identity, role: identity });
    const page = await SdkPage.open(chromium.browser, relayed.url, token, {
      prepare: async (tab) => atFirst && (await tab.evaluateOnNewDocument(atFirst)),
    });
    pages.push(page);
    await page.page.evaluate(() => window.room.join());
    for (const source of publish) await page.publish(source);
    return page;
  };
  const participant = (identity: string) => {
    const [room] = relayed.node.server.registry.rooms;
    return room?.participants.find(({ claims }) => claims.sub === identity);
  };

  before(async () => {
    relayed = await startRelayedServer();
    chromium = await launchChromium();
  });
  afterEach(async () => {
    await relayed.relay.set({ up: { lossRatio: 0 }, down: { lossRatio: 0 } });
    await Promise.all(pages.splice(0).map((page) => page.close()));
    for (const room of relayed.node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await relayed?.close();
  });

  it('goes on after a change of address that nobody tells of, in the same session', async () => {
    const host = await join('host', ['camera', 'microphone']);
    const guest = await join('guest', ['camera']);
    await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
    const sessions = [participant('host'), participant('guest')];
    const transportId = sessions[1]?.media?.recvOptions?.id;
    await relayed.relay.changeAddresses();
    for (const page of [host, guest]) {
      await waitFor('the reconnect', async () => (await page.events()).includes('reconnected'), PATIENT);
    }
    const before = await guest.framesDecoded('host', 'camera');
    await waitFor('new frames', async () => (await guest.framesDecoded('host', 'camera')) > before + 5, PATIENT);
    await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
    await guest.waitForSound('host');
    expect([participant('host'), participant('guest')]).to.deep.equal(sessions);
    expect(participant('guest')?.media?.recvOptions?.id).to.equal(transportId);
    expect(await host.events()).to.not.include('participantLeft');
  });

  it('looks for a new path before signaling is back where the browser tells of another network, each time', async () => {
    const host = await join('host', ['camera', 'microphone']);
    const guest = await join('guest', ['camera'], noteNewPaths);
    await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
    const isReserveMade = async () => {
      const taken = await guest.page.evaluate(() => window.usernameFragments);
      const media = participant('guest')?.media;
      const made = [media?.sendOptions, media?.recvOptions].map((options) => options?.iceParameters.usernameFragment);
      return made.every((fragment) => fragment && !taken.includes(fragment));
    };
    for (let round = 0; round < 2; round++) {
      await waitFor('the reserves', isReserveMade, PATIENT);
      // What was answered before is here.
      await guest.page.evaluate(() => window.room.localParticipant.setMetadata('{}'));
      for (const page of [host, guest]) await page.forgetEvents();
      await relayed.relay.changeAddresses();
      for (const page of [host, guest]) await page.page.evaluate(() => void dispatchEvent(new Event('online')));
      for (const page of [host, guest]) {
        await waitFor('the reconnect', async () => (await page.events()).includes('reconnected'), PATIENT);
      }
      const before = await guest.framesDecoded('host', 'camera');
      await waitFor('new frames', async () => (await guest.framesDecoded('host', 'camera')) > before + 5, PATIENT);
      await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
      const ways = ['newPath', 'reconnecting', 'reconnected'];
      const seen = (await guest.events()).filter((name) => ways.includes(name));
      expect(seen).to.deep.equal(['newPath', 'newPath', 'reconnecting', 'reconnected']);
    }
  });

  it('goes on after an outage', async () => {
    const host = await join('host', ['camera', 'microphone']);
    const guest = await join('guest', ['camera']);
    await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
    const overAtMs = await relayed.relay.cut(5_000);
    await waitFor('its end', () => Date.now() > overAtMs, PATIENT);
    const before = await guest.framesDecoded('host', 'camera');
    await waitFor('new frames', async () => (await guest.framesDecoded('host', 'camera')) > before + 5, PATIENT);
    await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
    await guest.waitForSound('host');
    for (const page of [host, guest]) {
      await waitFor('the room to be joined', async () => (await page.state()) === 'joined', PATIENT);
    }
    expect(await host.events()).to.not.include('participantLeft');
  });

  it('brings sound that is lost on the way up and on the way down a second time', async () => {
    const guest = await join('guest', []);
    const host = await join('host', ['microphone']);
    await guest.waitForSound('host');
    await relayed.relay.set({ up: { lossRatio: 0.2 }, down: { lossRatio: 0.2 } });
    const [track] = participant('host')?.tracks.values() ?? [];
    const [subscription] = participant('guest')?.subscriptions.values() ?? [];
    const sent = await waitFor(
      'retransmissions in both directions',
      async () => {
        const [up] = (await track?.producer.getStats()) ?? [];
        const down = (await subscription?.consumer.getStats())?.find(({ type }) => type === 'outbound-rtp');
        return up && down && up.packetsRetransmitted > 50 && down.packetsRetransmitted > 50 && { up, down };
      },
      PATIENT,
    );
    expect(sent.up.nackCount).to.be.above(0);
    expect(sent.down.nackCount).to.be.above(0);
    expect(await host.state()).to.equal('joined');
  });
});
