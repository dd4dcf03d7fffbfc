import { z } from 'zod';
import type { Source } from './grants.ts';
import { pictureTypes, type PictureType } from './pictureTypes.ts';

const pictureTypeNames = Object.keys(pictureTypes) as PictureType[];

/** What a still can be taken of: a camera that shows the person, or the cup. */
export const stillSources = ['teaCloseUp', 'camera'] as const satisfies Source[];
export const stillSourceSchema = z.enum(stillSources);
export type StillSource = (typeof stillSources)[number];

/** Why a page that was asked for a still sends none. */
export const stillDeclineCodes = ['cameraUnavailable', 'serverUnreachable', 'pictureTooLarge', 'notAllowed'] as const;
export type StillDeclineCode = (typeof stillDeclineCodes)[number];

const personSchema = z.object({ identity: z.string(), name: z.string() });

/** A picture that a camera took at its full resolution. It stays with the room, also when nobody is in it. */
export const stillSchema = z.object({
  /** Later stills have greater ids, as texts are compared. */
  stillId: z.string(),
  /** Address of the node that has the pictures, in a cluster. Absent: the server that was asked has them. */
  serverUrl: z.string().optional(),
  /** Where the picture is, below the server's address. Whoever has this address sees the picture; nobody can guess it. */
  path: z.string(),
  /**
   * Where a small picture of it is, for lists, on the same terms. Where the publisher sent none, the same as `path` if the
   * still itself is as small, else null.
   */
  previewPath: z.string().nullable(),
  mimeType: z.enum(pictureTypeNames),
  /** Pixels, as the picture is shown. */
  width: z.int(),
  height: z.int(),
  sizeBytes: z.int(),
  /** When the camera was asked, in milliseconds since 1970. */
  takenAt: z.int(),
  source: stillSourceSchema,
  /** Whose camera it was. */
  takenFrom: personSchema,
  /** Who asked first. */
  requestedBy: personSchema,
  /** The colours were corrected by a colour card. */
  colorCorrected: z.boolean(),
});
export type StillInfo = z.infer<typeof stillSchema>;

/**
 * Where and how the publisher sends the picture, once: `PUT` to `path` with `Authorization: Bearer {token}`; and before it,
 * to `{path}/preview`, a small one of it, if there is one.
 */
export const stillUploadSchema = z.object({
  /** Address of the node that waits for it, in a cluster: a load balancer may pass to another one. Absent: the server that was asked. */
  serverUrl: z.string().optional(),
  /** Below the server's address. The query `corrected=1` says that the colours were corrected by a colour card. */
  path: z.string(),
  token: z.string(),
  /** Larger pictures are refused. */
  maxBytes: z.int(),
  /** Milliseconds from now in which the picture must have arrived. */
  timeoutMs: z.int(),
});
export type StillUpload = z.infer<typeof stillUploadSchema>;
