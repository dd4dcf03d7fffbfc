import type { Role } from '../../protocol/grants.ts';
import type { ParticipantInfo } from '../../protocol/participants.ts';
import type { Stage } from '../../protocol/signaling.ts';
import type { PublishedTrack } from './PublishedTrack.ts';

/** Someone in a room as the others have to do with them, on whatever node their session is. */
export interface Member {
  readonly id: string;
  /** The token's subject: the same person in every session. */
  readonly identity: string;
  readonly role: Role;
  /** Milliseconds since 1970, and later than that of each session of the same person that its node knew of (`Participant.enteredAt`). */
  readonly enteredAt: number;
  readonly stage: Stage;
  readonly takesSeat: boolean;
  /** Who it speaks with aside, by participantId: until that ends it is not heard by anyone else. */
  readonly asideWith: string | null;
  /** Everyone in the room sees it; who speaks aside before they join is seen by the partner alone (`isSeenBy`). */
  readonly visible: boolean;
  readonly info: ParticipantInfo;
  readonly tracks: ReadonlyMap<string, PublishedTrack>;
  /** Round trip from this node to the client in milliseconds; undefined while it is not known. */
  readonly rttMs: number | undefined;
  /** Measures it anew, if it is not fresh. */
  measureRtt(): void;
  /** How many of the smallest layers of a video are watched here. */
  tellLayersWanted(producerId: string, spatialLayers: number): void;
}

/** A track and whose it is. */
export interface Publication {
  publisher: Member;
  track: PublishedTrack;
}
