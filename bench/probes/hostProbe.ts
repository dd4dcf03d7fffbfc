import { TastingRoom } from '../../client-sdk/src/index.ts';
import { FrameSource, type SourceOptions } from './FrameSource.ts';
import { senderOf } from './peerConnections.ts';
import { until } from './until.ts';
import { wallClockMs } from './wallClockMs.ts';

export interface HostRequest {
  url: string;
  token: string;
  source: SourceOptions;
}

/** When the host clicked, and when the server had answered: milliseconds since 1970. */
export interface AdmissionClick {
  clickedAtMs: number;
  answeredAtMs: number;
}

/** A page of a host who shows a cup, as the SDK publishes one by itself, and lets in who waits. */
export function hostProbe() {
  let source: FrameSource | undefined;
  let room: TastingRoom | undefined;
  return {
    async show({ url, token, source: options }: HostRequest): Promise<void> {
      const made = new FrameSource(options);
      source = made;
      made.start();
      const entered = new TastingRoom({ url, token });
      room = entered;
      await entered.join();
      await entered.localParticipant.publish(made.track, { source: 'teaCloseUp' });
      await until('the cup to be sent', () => {
        const sent = entered.localParticipant.tracks.get('teaCloseUp')?.mediaStreamTrack;
        return sent !== undefined && senderOf(sent)?.transport?.state === 'connected';
      });
    },

    async admit(identity: string): Promise<AdmissionClick> {
      if (!room) throw new Error('show() comes first.');
      const { waiting } = room;
      const guest = waiting.find((person) => person.identity === identity);
      if (!guest) throw new Error(`${identity} is not among the ${waiting.length} who wait.`);
      const clickedAtMs = wallClockMs();
      await room.admit(guest.participantId);
      return { clickedAtMs, answeredAtMs: wallClockMs() };
    },

    async close(): Promise<void> {
      source?.stop();
      await room?.leave();
    },
  };
}

export type HostMethods = ReturnType<typeof hostProbe>;
