import type { Kysely } from 'kysely';
import type { PictureType } from '../../protocol/pictureTypes.ts';
import type { StillSource } from '../../protocol/stills.ts';
import type { InviteTables } from './invites/rows.ts';
import type { MessageTables } from './messages/rows.ts';
import type { TastingTables } from './tasting/rows.ts';

/** A row of `stills`. Column names are these in snake_case; types are those that SQLite and PostgreSQL share. */
export interface StillRow {
  /** UUID version 7: the order of ids is the order of time. */
  stillId: string;
  /** API key. */
  tenant: string;
  /** Name of the room. */
  room: string;
  /** Last part of the picture's address. */
  accessKey: string;
  mimeType: PictureType;
  /** Last part of the preview's address; null where there is none. */
  previewKey: string | null;
  previewType: PictureType | null;
  width: number;
  height: number;
  sizeBytes: number;
  /** Of both pictures. */
  diskBytes: number;
  /** Milliseconds since 1970. */
  takenAt: number;
  source: StillSource;
  takenFromIdentity: string;
  takenFromName: string;
  requestedByIdentity: string;
  requestedByName: string;
  /** 0 or 1: SQLite has no booleans. */
  colorCorrected: 0 | 1;
}

export interface Tables extends MessageTables, TastingTables, InviteTables {
  stills: StillRow;
}

/** The typed interface to whatever database holds the tables. */
export type Database = Kysely<Tables>;
