import type { Readable } from 'node:stream';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import type { StillInfo } from '../../protocol/stills.ts';
import type { PictureElsewhere } from '../rooms/StillNodes.ts';
import type { LocatedPicture } from '../storage/StillArchive.ts';
import type { Page } from '../storage/StillStore.ts';

/** What HTTP needs of the stills. Failures are ChaxiErrors. */
export interface StillService {
  /** The still that a picture is sent for. Throws `stillNotFound`, also where the token is not its own. */
  findExpected(
    stillId: string,
    token: string,
  ): {
    /** Rejects with `stillNotFound`, `pictureTooLarge`, `pictureNotSupported`, `stillTimeout`, `storageUnavailable`. */
    receive(body: Readable, colorCorrected: boolean): Promise<StillInfo>;
    /** The preview of it, before it; where this rejects, as `receive` does, the still does without. */
    receivePreview(body: Readable): Promise<void>;
    /** No picture will come that could be taken. */
    fail(code: ErrorCode): void;
  };
  /**
   * Where a picture is: here, or on another node. Rejects with `stillNotFound`, `storageUnavailable`, and where other nodes have to be
   * asked with `rateLimited`, `nodeUnavailable`, `clusterUnavailable`.
   */
  locatePicture(key: string): Promise<LocatedPicture | PictureElsewhere>;
  /** A tenant sees the stills of its own rooms only, newest first. Rejects with `storageUnavailable`. */
  listStills(tenant: string, room: string, page: Page): Promise<StillInfo[]>;
  /** Rejects with `stillNotFound`, `storageUnavailable`, `nodeUnavailable`, `clusterUnavailable`. */
  removeStill(tenant: string, room: string, stillId: string): Promise<void>;
}
