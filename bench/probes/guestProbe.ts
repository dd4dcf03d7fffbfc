import { TastingRoom, type RemoteTrack } from '../../client-sdk/src/index.ts';
import { within } from '../lib/within.ts';
import { FrameReader } from './FrameReader.ts';
import { peerConnections, ssrcOf } from './peerConnections.ts';
import { until } from './until.ts';
import { wallClockMs } from './wallClockMs.ts';

export interface GuestRequest {
  url: string;
  token: string;
  sourceWidth: number;
}

/** What a guest saw when it was let in, in milliseconds since 1970; null what did not come. */
export interface Admission {
  /** The page heard of it. */
  enteredAtMs: number | null;
  /** First decoded frame with a valid number. */
  firstFrameAtMs: number | null;
  firstFrameWidth: number | null;
  /** First frame on the screen. */
  displayedAtMs: number | null;
  ssrc: number | null;
}

/** A page of a guest who waits in the lobby, and watches the cup when it is let in. */
export function guestProbe() {
  const seen: Admission = {
    enteredAtMs: null,
    firstFrameAtMs: null,
    firstFrameWidth: null,
    displayedAtMs: null,
    ssrc: null,
  };
  const first = Promise.withResolvers<void>();
  const displayed = Promise.withResolvers<void>();
  let room: TastingRoom | undefined;

  function show(track: RemoteTrack, sourceWidth: number): void {
    const element = document.createElement('video');
    Object.assign(element, { width: sourceWidth, muted: true, autoplay: true });
    document.body.append(element);
    track.attach(element);
    new FrameReader(track.mediaStreamTrack, sourceWidth, ({ atMs, width }) => {
      if (seen.firstFrameAtMs !== null) return;
      seen.firstFrameAtMs = wallClockMs(atMs);
      seen.firstFrameWidth = width;
      seen.ssrc = ssrcOf(track.mediaStreamTrack);
      first.resolve();
    });
    element.requestVideoFrameCallback((_now, { expectedDisplayTime }) => {
      seen.displayedAtMs = wallClockMs(expectedDisplayTime);
      displayed.resolve();
    });
  }

  return {
    /** Resolves when it waits and its media are connected. */
    async wait({ url, token, sourceWidth }: GuestRequest): Promise<void> {
      const entering = new TastingRoom({ url, token });
      room = entering;
      entering.on('stateChanged', (state) => {
        if (state === 'joined') seen.enteredAtMs = wallClockMs();
      });
      entering.on('trackSubscribed', (track) => track.kind === 'video' && show(track, sourceWidth));
      entering.join().catch((error: unknown) => first.reject(error));
      await until('the lobby', () => entering.state === 'lobby');
      await until('the media to connect', () =>
        peerConnections.some(({ connectionState }) => connectionState === 'connected'),
      );
    },

    /** Resolves when it has seen the cup. @throws Error where it does not in time */
    async enter(timeoutMs: number): Promise<Admission> {
      await within(timeoutMs, 'the first frame', first.promise);
      await within(1_000, 'the first frame on the screen', displayed.promise).catch(() => undefined);
      return seen;
    },

    leave(): Promise<void> | undefined {
      return room?.leave();
    },
  };
}

export type GuestMethods = ReturnType<typeof guestProbe>;
