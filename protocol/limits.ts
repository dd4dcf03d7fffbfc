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
  /** Requests a second of one session, on average. */
  requestsPerSecond: 50,
  /** Requests of one session that may come at once. */
  requestBurst: 200,
  /** Messages beyond that rate, or that are none, which may come at once before the socket is closed with `rateLimited`. */
  excessBurst: 1_000,
} as const;
