import type { Browser, Page } from 'puppeteer-core';
import type * as ChaxiClient from '../../client-sdk/src/index.ts';
import type { Source } from '../../protocol/grants.ts';
import { waitFor } from './waitFor.ts';

declare global {
  interface Window {
    Chaxi: typeof ChaxiClient;
    room: ChaxiClient.TastingRoom;
    /** Names of the room's events, in order. */
    seen: string[];
    /** The error of `left`, if it had one. */
    leftCode: string | null;
    elements: Map<string, HTMLMediaElement>;
  }
}

export interface SdkPageOptions {
  roomOptions?: Partial<ChaxiClient.TastingRoomOptions>;
  /** Called with the page before it loads anything. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** A page with nothing but the SDK as a shop would load it, and a room in it. */
export class SdkPage {
  readonly page: Page;

  static async open(
    browser: Browser,
    url: string,
    token: string,
    { roomOptions = {}, prepare }: SdkPageOptions = {},
  ): Promise<SdkPage> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await prepare?.(page);
    await page.goto(`${url}/healthz`);
    await page.addScriptTag({ url: '/chaxi-client.iife.js' });
    const opened = new SdkPage(page);
    await opened.#makeRoom(token, roomOptions);
    return opened;
  }

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens and joins in one go, publishing these sources. */
  static async join(browser: Browser, url: string, token: string, publish: readonly Source[] = []): Promise<SdkPage> {
    const opened = await SdkPage.open(browser, url, token);
    await opened.page.evaluate(() => window.room.join());
    for (const source of publish) await opened.publish(source);
    return opened;
  }

  publish(source: Source): Promise<void> {
    return this.page.evaluate(async (wanted) => {
      const { localParticipant } = window.room;
      // Small, so that several browsers fit a small machine.
      const size = { width: 320, height: 240, frameRate: 15 };
      if (wanted === 'microphone') await localParticipant.publishMicrophone();
      else if (wanted === 'screen') await localParticipant.publishScreen();
      else await localParticipant.publishCamera({ source: wanted as 'camera' | 'teaCloseUp', ...size });
    }, source);
  }

  state(): Promise<string> {
    return this.page.evaluate(() => window.room.state);
  }

  waitForState(state: ChaxiClient.RoomState): Promise<unknown> {
    return waitFor(`the room to be ${state}`, async () => (await this.state()) === state || undefined).catch(
      async (error: Error) => {
        throw new Error(`${error.message}; state ${await this.state()}, events ${(await this.events()).join(', ')}`);
      },
    );
  }

  events(): Promise<string[]> {
    return this.page.evaluate(() => window.seen);
  }

  waitForEvent(name: string): Promise<unknown> {
    return waitFor(`the event ${name}`, async () => (await this.events()).includes(name) || undefined);
  }

  forgetEvents(): Promise<void> {
    return this.page.evaluate(() => void window.seen.splice(0));
  }

  /** Waits until the picture of someone's source is decoded and changes while one looks. */
  async waitForMovingVideo(identity: string, source: Source): Promise<void> {
    const first = await waitFor(`a picture of ${identity}'s ${source}`, () => this.#picture(identity, source));
    await waitFor(`${identity}'s ${source} to move`, async () => {
      const now = await this.#picture(identity, source);
      return now !== null && now !== first;
    });
  }

  /** Waits until sound of someone adds energy. */
  async waitForSound(identity: string): Promise<void> {
    const energy = () => this.#audioEnergy(identity);
    const before = await waitFor(`audio of ${identity}`, async () => (await energy()) ?? undefined, {});
    await waitFor(`sound of ${identity}`, async () => ((await energy()) ?? 0) > before);
  }

  /** Decoded frames of someone's source so far. */
  framesDecoded(identity: string, source: Source): Promise<number> {
    return this.page.evaluate(
      async (who, what) => {
        const participant = [...window.room.participants.values()].find((other) => other.identity === who);
        const { remote } = await window.room.getStats();
        const track = remote.find(
          (stats) => stats.participantId === participant?.participantId && stats.source === what,
        );
        return track?.framesDecoded ?? 0;
      },
      identity,
      source,
    );
  }

  sourcesOf(identity: string): Promise<Source[]> {
    return this.page.evaluate((who) => {
      const participant = [...window.room.participants.values()].find((other) => other.identity === who);
      return [...(participant?.tracks.keys() ?? [])];
    }, identity);
  }

  identities(): Promise<string[]> {
    return this.page.evaluate(() => [...window.room.participants.values()].map(({ identity }) => identity).sort());
  }

  async close(): Promise<void> {
    await this.page.browserContext().close();
  }

  async #makeRoom(token: string, roomOptions: Partial<ChaxiClient.TastingRoomOptions>): Promise<void> {
    await this.page.evaluate(
      (given, options) => {
        window.seen = [];
        window.leftCode = null;
        window.elements = new Map();
        const room = new window.Chaxi.TastingRoom({ url: location.origin, token: given, ...options });
        window.room = room;
        const names = [
          'joined',
          'reconnecting',
          'reconnected',
          'lobbyEntered',
          'participantJoined',
          'participantLeft',
          'trackMuted',
          'trackUnmuted',
          'localTrackPublished',
          'audioPlaybackBlocked',
          'activeSpeakersChanged',
        ] as const;
        for (const name of names) room.on(name, () => window.seen.push(name));
        room.on('left', (error) => {
          window.seen.push('left');
          window.leftCode = error?.code ?? null;
        });
        room.on('trackSubscribed', (track, participant) => {
          const element = track.attach();
          element.style.width = '320px';
          document.body.append(element);
          window.elements.set(`${participant.identity} ${track.source}`, element);
          window.seen.push(`trackSubscribed ${participant.identity} ${track.source}`);
        });
        room.on('trackUnsubscribed', (track, participant) => {
          for (const element of track.detach()) element.remove();
          window.seen.push(`trackUnsubscribed ${participant.identity} ${track.source}`);
        });
      },
      token,
      roomOptions,
    );
  }

  /** The element's picture as text; null while there is none. */
  #picture(identity: string, source: Source): Promise<string | null> {
    return this.page.evaluate((key) => {
      const element = window.elements.get(key) as HTMLVideoElement | undefined;
      if (!element || element.videoWidth === 0) return null;
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [64, 48];
      canvas.getContext('2d')?.drawImage(element, 0, 0, 64, 48);
      return canvas.toDataURL();
    }, `${identity} ${source}`);
  }

  #audioEnergy(identity: string): Promise<number | null> {
    return this.page.evaluate(async (who) => {
      const participant = [...window.room.participants.values()].find((other) => other.identity === who);
      const { remote } = await window.room.getStats();
      const stats = remote.find(
        (track) => track.participantId === participant?.participantId && track.source === 'microphone',
      );
      return stats?.audioEnergy || null;
    }, identity);
  }
}
