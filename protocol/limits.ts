/** Limits of what a client may send; the server enforces them, the SDK stays inside them. */
export const limits = {
  /** Characters of an identity, a room's name and a display name. */
  nameLength: 128,
  /** Characters of a room's metadata and of a participant's. */
  metadataLength: 4_096,
  /** Bytes of one signaling message. */
  messageBytes: 65_536,
  /** Bytes of the upgrade's request line and headers. */
  upgradeBytes: 32_768,
  /** Bytes of the hello after inflation. */
  helloBytes: 65_536,
  /** Producers of one participant. */
  producers: 8,
  /** Stills that one participant may ask for in a minute, on average. */
  stillsAskedPerMinute: 12,
  /** Stills that one participant may ask for at once. */
  stillsAskedBurst: 6,
  /** Stills that one participant may be asked for in a minute, on average. */
  stillsTakenPerMinute: 30,
  /** Stills that one participant may be asked for at once. */
  stillsTakenBurst: 10,
  /** Pixels of a still: a page that shows it needs four bytes for each. */
  stillPixels: 64_000_000,
  /** Bytes of the preview of a still. */
  stillPreviewBytes: 200_000,
  /** Pixels of the preview of a still. */
  stillPreviewPixels: 400_000,
  /** Lists of stills that one participant may ask for in a minute, on average. */
  stillListsPerMinute: 120,
  /** Lists of stills that one participant may ask for at once. */
  stillListsBurst: 60,
  /** Stills in one answer of `listStills`. */
  stillsPage: 100,
  /** Other sizes of own videos that one participant may tell of in a minute, on average. */
  videoSizesPerMinute: 30,
  /** Other sizes of own videos that may come at once, as when a phone with several is turned. */
  videoSizeBurst: 10,
  /** Reports on the network that are taken of one participant in a minute, on average. */
  networkReportsPerMinute: 60,
  /** Reports on the network that may come at once, as after one that stood still. */
  networkReportBurst: 5,
  /** Requests a second of one session, on average. */
  requestsPerSecond: 50,
  /** Requests of one session that may come at once. */
  requestBurst: 200,
  /** Messages beyond that rate, or that are none, which may come at once before the socket is closed with `rateLimited`. */
  excessBurst: 1_000,
} as const;
