import { TastingRoom, type Participant } from '../../client-sdk/src/index.ts';
import { CallRecorder, type SeenCall } from './CallRecorder.ts';
import type { SourceOptions } from './FrameSource.ts';
import { senderOf } from './peerConnections.ts';
import { TastingSource } from './TastingSource.ts';
import { until } from './until.ts';

export interface CallRequest {
  url: string;
  token: string;
  source: SourceOptions;
  /** Whom it watches and hears, of all others. */
  watches: string;
  /** Else it does not show itself. */
  publishes: boolean;
}

/** What the room told its page: of itself (`reconnecting`, `joined`, `left`), of the one that it watches (`other …`), and its log. */
export interface CallEvent {
  /** Milliseconds since 1970. */
  atMs: number;
  what: string;
}

const MEET_TIMEOUT_MS = 15_000;

/** A page of our SDK that shows something and talks, and watches and hears one other person in the room. */
export function callerProbe() {
  let recorder: CallRecorder | undefined;
  let source: TastingSource | undefined;
  let room: TastingRoom | undefined;
  const events: CallEvent[] = [];
  const note = (what: string) => events.push({ atMs: performance.timeOrigin + performance.now(), what });

  return {
    /** Resolves when its picture and its sound are sent, where it publishes. */
    async enter({ url, token, source: options, watches, publishes }: CallRequest): Promise<void> {
      const shown = new CallRecorder(options);
      recorder = shown;
      const log = (message: string, detail?: unknown) => note(detail === undefined ? message : `${message}: ${detail}`);
      const logger = { debug: log, info: log, warn: log, error: log };
      const entered = new TastingRoom({ url, token, logger });
      room = entered;
      const isWatched = ({ identity }: Participant) => identity === watches;
      entered.on('stateChanged', (state) => note(state));
      entered.on('left', (error) => note(`ended by ${error?.code ?? 'oneself'}`));
      entered.on('mediaError', (error) => note(`media error ${error.code}`));
      entered.on('participantUpdated', (other) => isWatched(other) && note(`other ${other.connection}`));
      entered.on('participantLeft', (other, reason) => isWatched(other) && note(`other left: ${reason}`));
      entered.on('participantJoined', (other) => isWatched(other) && note('other joined'));
      entered.on('trackSubscribed', (track, other) => isWatched(other) && shown.play(track));
      entered.on('trackUnsubscribed', (track, other) => isWatched(other) && shown.stop(track));
      await entered.join();
      if (!publishes) return;
      const made = new TastingSource(options);
      source = made;
      made.start();
      await entered.localParticipant.publish(made.microphone.track, { source: 'microphone' });
      await entered.localParticipant.publish(made.closeUp.track, { source: 'camera', codec: 'vp8' });
      const isSent = (track: MediaStreamTrack) => senderOf(track)?.transport?.state === 'connected';
      await until('the tracks to be sent', () => isSent(made.closeUp.track) && isSent(made.microphone.track));
    },

    /** Resolves when the other one can be seen and heard. */
    async meet(): Promise<void> {
      await until('the other one', () => recorder?.complete ?? false, MEET_TIMEOUT_MS);
    },

    seen(): SeenCall {
      if (!recorder) throw new Error('enter() comes first.');
      return recorder.seen;
    },

    events(): CallEvent[] {
      return events;
    },

    /** When these frames of its own were made, in milliseconds since 1970; null for one that is not remembered. */
    madeMs(ids: readonly number[]): (number | null)[] {
      if (!source) throw new Error('This page does not publish.');
      return source.madeMs(ids);
    },

    leave(): Promise<void> | undefined {
      return room?.leave();
    },
  };
}

export type CallerMethods = ReturnType<typeof callerProbe>;
