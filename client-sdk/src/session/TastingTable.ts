import type { Snapshot } from '../../../protocol/signaling.ts';
import { TastingGuide } from '../guide/TastingGuide.ts';
import { RoomInvites } from '../invites/RoomInvites.ts';
import { TastingNotes, type TastingNotesOptions } from '../notes/TastingNotes.ts';

/** What lies on the table of a tasting beside the cup. It outlives sessions: what was written in one is sent in the next. */
export class TastingTable {
  readonly guide: TastingGuide;
  readonly notes: TastingNotes;
  readonly invites: RoomInvites;

  constructor(options: TastingNotesOptions) {
    this.guide = new TastingGuide(options);
    this.notes = new TastingNotes(options);
    this.invites = new RoomInvites(options);
  }

  /** Another socket. What its node tells of the guide follows. */
  welcomed({ stage, room }: Snapshot): void {
    this.guide.welcomed(room.name);
    if (stage !== 'joined' && stage !== 'aside') return;
    void this.notes.catchUp();
    void this.invites.catchUp();
  }

  left(): void {
    this.guide.left();
    this.notes.left();
    this.invites.left();
  }
}
