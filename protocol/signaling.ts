import { z } from 'zod';
import { NETWORK_REPORT_INTERVAL_MS } from './constants.ts';
import { guideInputSchema, guideStateSchema, stepSchema, stepTimerSchema, teaIdSchema } from './guide.ts';
import { createInviteSchema, inviteIdSchema, inviteSchema } from './invites.ts';
import { limits } from './limits.ts';
import { networkReportSchema } from './networkReport.ts';
import {
  connectionQualities,
  grantsSchema,
  leaveReasons,
  metadataSchema,
  nameSchema,
  participantInfoSchema,
  qualityReasons,
  trackInfoSchema,
  sourceSchema,
} from './participants.ts';
import {
  dtlsFingerprintSchema,
  dtlsParametersSchema,
  iceCandidateSchema,
  iceParametersSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
} from './rtp.ts';
import { stillDeclineCodes, stillSchema, stillSourceSchema, stillUploadSchema } from './stills.ts';
import { noteChangeSchema, notesSummarySchema, tastingNoteSchema } from './tastingNotes.ts';

// Its home has no zod, so that the SDK can use it.
export { SIGNALING_PATH } from './constants.ts';

const id = z.string().min(1).max(64);
const empty = z.object({});
const durationMs = z.number().min(0).max(600_000);

/**
 * Where a session stands. `prepared` has not asked to enter yet; `lobby` has, and waits to be admitted; `aside` speaks with the
 * host alone: it sees and hears the room, and the room does not know of it.
 */
export const stages = ['prepared', 'lobby', 'aside', 'joined'] as const;
export type Stage = (typeof stages)[number];

/** The three starts of a join, by what the page did before the click. */
export const joinStarts = ['cold', 'warm', 'hot'] as const;
export type JoinStart = (typeof joinStarts)[number];

/**
 * What travels with the upgrade, as query `hello`: this as JSON, raw DEFLATE (RFC 1951), base64url. Beside it stand
 * `v` (protocol version) and `token`.
 */
export const helloSchema = z.object({
  /** `join` enters at once (cold). `prepare` opens the session and waits for the request `join`. */
  intent: z.enum(['join', 'prepare']),
  /** Make transports and consumers now: always with `join`, with `prepare` it makes the start hot instead of warm. */
  media: z.boolean(),
  /** Id of the router capabilities that the client loaded its device with. */
  routerRtpCapabilitiesId: z.string().max(64),
  /** What the client can receive. */
  rtpCapabilities: rtpCapabilitiesSchema,
  /**
   * Of the certificate that the client uses on both transports, so that the server connects them at once. A browser that
   * can not tell them leaves this out and sends `connectTransport`.
   */
  dtlsFingerprints: z.array(dtlsFingerprintSchema).min(1).max(8).optional(),
  /**
   * Continues a session whose socket was lost. If that session is gone, the hello opens a new one. `attempt` counts up
   * over all sockets that the client opens: one that it gave up, and that arrives late, does not take the place of a later one.
   */
  resume: z.object({ sessionId: id, secret: id, attempt: z.int().min(0).optional() }).optional(),
});
export type Hello = z.infer<typeof helloSchema>;

/** Of a video, in pixels as its camera gives them: the largest layer. */
export const videoSizeSchema = z.object({ width: z.int().min(1).max(16_384), height: z.int().min(1).max(16_384) });
export type VideoSize = z.infer<typeof videoSizeSchema>;

/** How much of an own video is watched. */
export const layersWantedSchema = z.object({
  producerId: z.string(),
  /** The smallest so many spatial layers; 0 while nobody watches. Whatever is above need not be sent. */
  spatialLayers: z.int().min(0),
});
export type LayersWanted = z.infer<typeof layersWantedSchema>;

export const transportOptionsSchema = z.object({
  id: z.string(),
  iceParameters: iceParametersSchema,
  iceCandidates: z.array(iceCandidateSchema),
  dtlsParameters: dtlsParametersSchema,
});
export type TransportOptions = z.infer<typeof transportOptionsSchema>;

export const consumerInfoSchema = z.object({
  consumerId: z.string(),
  producerId: z.string(),
  participantId: z.string(),
  kind: z.enum(['audio', 'video']),
  source: sourceSchema,
  rtpParameters: rtpParametersSchema,
  /** `simple`, `simulcast` or `svc`: whether layers can be chosen. */
  type: z.enum(['simple', 'simulcast', 'svc']),
  /** Paused on the server by this subscriber; resume it when the track is attached. */
  paused: z.boolean(),
  /** Of a video, where its publisher told it. */
  size: videoSizeSchema.optional(),
});
export type ConsumerInfo = z.infer<typeof consumerInfoSchema>;

export const iceServerSchema = z.object({
  urls: z.union([z.string(), z.array(z.string())]),
  username: z.string().optional(),
  credential: z.string().optional(),
});

/** The media side of a session. A client keeps a transport whose id it knows, and replaces one whose id is new. */
export const mediaSchema = z.object({
  /** Of the capabilities that the server's routers have. */
  routerRtpCapabilitiesId: z.string(),
  /**
   * Only when the client loaded others. It loads its device with these and sends `join` with what it then can receive;
   * until then there are no consumers.
   */
  routerRtpCapabilities: rtpCapabilitiesSchema.optional(),
  /** Null without a grant to publish. */
  send: transportOptionsSchema.nullable(),
  /** Null without the grant to subscribe. */
  recv: transportOptionsSchema.nullable(),
  /** STUN and TURN servers for both transports. */
  iceServers: z.array(iceServerSchema),
  /** One for every track that the participant may and can receive. */
  /** Of what matters most: in a large room the first few, so that the first picture does not wait for all. */
  consumers: z.array(consumerInfoSchema),
  /** Tracks that have no consumer yet; `subscribe` makes them. */
  pendingConsumers: z.int(),
  /** For each own video, as `layersWanted` tells it. */
  layersWanted: z.array(layersWantedSchema),
});
export type MediaInfo = z.infer<typeof mediaSchema>;

export const roomInfoSchema = z.object({
  name: z.string(),
  metadata: z.string(),
  maxParticipants: z.int(),
  /** Whoever has not the grant `admit` waits until the host lets them in. */
  lobby: z.boolean(),
  /** Nobody new comes in but who has the grant `admit`. */
  locked: z.boolean(),
  /** Who is the host now, also while their connection is lost; null while none is here. Of several the first to come. */
  hostName: z.string().nullable(),
  /** The host's word for those who wait; empty where there is none. */
  lobbyNote: z.string(),
  /** The host's connection is lost, and the role is kept; null while a host is here, or none is awaited. */
  hostAway: z
    .object({
      name: z.string(),
      /** Milliseconds from now; at least 0. */
      keptForMs: z.int(),
    })
    .nullable(),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
});
export type RoomInfo = z.infer<typeof roomInfoSchema>;

/**
 * Everything a client needs to know, pushed in one message: as `welcome` right after the upgrade, as answer of `join`,
 * with `admitted` and with `mediaReset`. A client brings itself into line with it, whatever it knew before.
 */
export const snapshotSchema = z.object({
  /** Names the session in `resume`. */
  sessionId: z.string(),
  /** Proves in `resume` that the session is one's own. */
  resumeSecret: z.string(),
  /** This session was there before and its media may still flow. */
  resumed: z.boolean(),
  stage: z.enum(stages),
  room: roomInfoSchema,
  self: participantInfoSchema,
  /** What the role and the token allow. */
  grants: grantsSchema,
  /** Everyone in the room but oneself and the hidden; empty before `joined`. */
  participants: z.array(participantInfoSchema),
  /** Who waits in the lobby; empty without the grant `admit`. */
  waiting: z.array(participantInfoSchema),
  /** Null in a warm start before `join`. */
  media: mediaSchema.nullable(),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Someone who can not come into a room. */
export const banSchema = z.object({
  identity: z.string(),
  name: z.string(),
  /** Milliseconds since 1970. */
  bannedAt: z.int(),
});
export type Ban = z.infer<typeof banSchema>;

/** One request: what the client sends as `data`, and what it is answered. */
interface RequestContract {
  doc: string;
  request: z.ZodType;
  response: z.ZodType;
}

/** Requests from client to server. An error is answered with its HTTP status and, as reason, an ErrorBody in JSON. */
export const requests = {
  join: {
    doc: 'Enters the room, or the lobby where one waits. Sent again it answers the present snapshot. `rtpCapabilities` replaces what the hello said.',
    request: z.object({ rtpCapabilities: rtpCapabilitiesSchema.optional() }),
    response: snapshotSchema,
  },
  leave: { doc: 'Ends the session.', request: empty, response: empty },
  connectTransport: {
    doc: 'Hands over DTLS parameters. Only needed when the hello had no fingerprints.',
    request: z.object({ transportId: id, dtlsParameters: dtlsParametersSchema }),
    response: empty,
  },
  ping: {
    doc: 'Asks whether this socket still carries anything, when media has fallen silent. Without an answer within some round trips the client opens another socket and resumes.',
    request: empty,
    response: z.object({
      /** Milliseconds by the clock of this node, which only runs forward; the times of a step are by it. */
      timeMs: z.number(),
    }),
  },
  restartIce: {
    doc: 'New ICE parameters for a transport, for when the network changes: better asked for before it does, since the socket changes with it. Those in use hold until the new ones are used. `inUse` is the user name fragment of those that the client uses; where the server has made others since, they are the answer, and not still others, which would end those in use.',
    request: z.object({ transportId: id, inUse: z.string().max(256).optional() }),
    response: z.object({ iceParameters: iceParametersSchema }),
  },
  produce: {
    doc: 'Publishes a track on the send transport. Each source can be published once.',
    request: z.object({
      kind: z.enum(['audio', 'video']),
      source: sourceSchema,
      rtpParameters: rtpParametersSchema,
      paused: z.boolean().default(false),
      /** Of a video: what its camera gives, so that each receiver chooses the layer that fits. */
      size: videoSizeSchema.optional(),
    }),
    response: z.object({ producerId: z.string() }),
  },
  setVideoSize: {
    doc: `An own video has another size now: its device was switched, the phone was turned, or the shared window changed. More than ${limits.videoSizesPerMinute} a minute are refused with \`rateLimited\`.`,
    request: z.object({ producerId: id, size: videoSizeSchema }),
    response: empty,
  },
  subscribe: {
    doc: 'Makes the consumers that a large room left out of the snapshot. They are paused, as those of `newConsumer`.',
    request: empty,
    response: z.object({ consumers: z.array(consumerInfoSchema) }),
  },
  closeProducer: { doc: 'Ends the publication of a track.', request: z.object({ producerId: id }), response: empty },
  setProducerPaused: {
    doc: 'Mutes or unmutes an own track. With the grant `moderate` it also mutes, but never unmutes, the track of another.',
    request: z.object({ producerId: id, paused: z.boolean() }),
    response: empty,
  },
  setConsumerPreferences: {
    doc: 'Pauses or resumes what is received, chooses the highest layers wanted, and the priority (1 to 255) under a tight link.',
    request: z.object({
      consumerId: id,
      paused: z.boolean().optional(),
      preferredLayers: z
        .object({ spatialLayer: z.int().min(0).max(8), temporalLayer: z.int().min(0).max(8).optional() })
        .optional(),
      priority: z.int().min(1).max(255).optional(),
    }),
    response: empty,
  },
  requestKeyFrame: {
    doc: 'Asks the publisher of a consumed video for a key frame. With `discardSent` what was sent before is not sent again, so that the way is free for it: for a picture that is lost although packets come.',
    request: z.object({ consumerId: id, discardSent: z.boolean().optional() }),
    response: empty,
  },
  admit: {
    doc: 'Lets a waiting participant in, or one who speaks aside. With `aside` it is first to speak with who admits it alone: it hears and sees the room, and nobody else knows of it. Needs the grant `admit`; aside, one person at a time (`limitReached`), who only that host can let in or send back.',
    request: z.object({ participantId: id, aside: z.boolean().default(false) }),
    response: empty,
  },
  admitAll: {
    doc: 'Lets everyone in who waits, as far as there are seats. Needs the grant `admit`.',
    request: empty,
    response: z.object({
      /** How many were let in. */
      admitted: z.int(),
    }),
  },
  endAside: {
    doc: 'Sends who speaks aside back to the lobby. Needs the grant `admit`.',
    request: z.object({ participantId: id }),
    response: empty,
  },
  setLobbyNote: {
    doc: 'Leaves a word for those who wait. Needs the grant `admit`.',
    request: z.object({ text: z.string().max(limits.lobbyNote) }),
    response: empty,
  },
  decline: {
    doc: 'Sends a waiting participant away, with a reason. Needs the grant `admit`.',
    request: z.object({ participantId: id, reason: z.string().max(limits.nameLength).optional() }),
    response: empty,
  },
  removeParticipant: {
    doc: 'Removes someone from the room. With `ban` that person can not come back into this room, and it may be someone who waits. Needs the grant `moderate`.',
    request: z.object({ participantId: id, ban: z.boolean().default(false) }),
    response: empty,
  },
  listBans: {
    doc: 'Who can not come into this room. Needs the grant `moderate`.',
    request: empty,
    response: z.object({ bans: z.array(banSchema) }),
  },
  liftBan: {
    doc: 'Lets someone come again. Needs the grant `moderate`.',
    request: z.object({ identity: nameSchema }),
    response: empty,
  },
  setLocked: {
    doc: 'Locks the room, or opens it again. Who is in it can come back after a loss of the connection. Needs the grant `moderate`.',
    request: z.object({ locked: z.boolean() }),
    response: empty,
  },
  handOver: {
    doc: 'Makes someone in the room the host, and oneself an expert, until they hand it back, leave, or are away for longer than the role is kept, and for 12 hours at most. What a token allows to send and to receive stays as it is; all else is as the role has it. Needs the role `host` with the grants `admit`, `moderate`, `lead` and `invite`.',
    request: z.object({ participantId: id }),
    response: empty,
  },
  setGuide: {
    doc: 'Replaces the tasting guide, or takes it away with null. Needs the grant `lead`. `guideConflict` where it is not the one that `revision` names. At most 60,000 bytes of JSON, and 60 a minute.',
    request: z.object({ guide: guideInputSchema.nullable(), revision: z.int().min(0) }),
    response: guideStateSchema,
  },
  setStep: {
    doc: 'Goes to an infusion of a tea of the guide, with its timer standing at 0; null: no tea is on the table. Needs the grant `lead`. With `setTimer` at most 120 a minute.',
    request: z.object({
      teaId: teaIdSchema.nullable(),
      infusion: z
        .int()
        .min(0)
        .max(limits.guideInfusions - 1)
        .default(0),
    }),
    response: stepSchema,
  },
  setTimer: {
    doc: 'Starts, holds or resets the timer of the infusion. `durationMs` gives it another length. Needs the grant `lead`.',
    request: z.object({
      action: z.enum(['start', 'pause', 'reset']),
      durationMs: stepTimerSchema.shape.durationMs.optional(),
    }),
    response: stepSchema,
  },
  saveNote: {
    doc: 'Writes into the own note on a tea, which is private until it is shared. Needs the grant `notes`. With `shareNote` at most 120 a minute.',
    request: noteChangeSchema,
    response: z.object({ note: tastingNoteSchema }),
  },
  shareNote: {
    doc: 'Shows the own note on a tea to everyone in the room, or no longer. Needs the grant `notes`.',
    request: z.object({ teaId: teaIdSchema, shared: z.boolean() }),
    response: z.object({ note: tastingNoteSchema }),
  },
  listNotes: {
    doc: 'The own note on a tea, and those that others share; of all teas without `teaId` the own ones alone.',
    request: z.object({ teaId: teaIdSchema.optional() }),
    response: z.object({ notes: z.array(tastingNoteSchema) }),
  },
  summarizeNotes: {
    doc: 'How far everyone is with their notes. Needs the grant `lead`; from then on `notesSummary` tells of changes.',
    request: empty,
    response: notesSummarySchema,
  },
  createInvite: {
    doc: 'Makes a link by which someone comes without an account. Needs the grant `invite`; it gives no grant that who makes it has not for good: what one may while hosting is handed over to one can not be given.',
    request: createInviteSchema,
    response: z.object({ invite: inviteSchema }),
  },
  listInvites: {
    doc: 'The invitations of this room, the newest first, with their states. Needs the grant `invite`; from then on `inviteChanged` tells of changes.',
    request: empty,
    response: z.object({ invites: z.array(inviteSchema) }),
  },
  revokeInvite: {
    doc: 'Takes an invitation back, and those made by who came by it: they let nobody in any more, and who waits in the lobby by one is sent away. Needs the grant `invite`.',
    request: z.object({ inviteId: inviteIdSchema }),
    response: z.object({ invite: inviteSchema }),
  },
  setMetadata: {
    doc: 'Replaces the own metadata, which everyone sees.',
    request: z.object({ metadata: metadataSchema }),
    response: empty,
  },
  requestStill: {
    doc: 'Asks a camera in the room, also the own, for a still. Needs the grants `stills` and `subscribe`. It comes with `stillAdded`, or `stillFailed` says why not; who lost the socket meanwhile looks for it with `listStills`. Who asks while the camera has sent nothing yet gets the same still as the one who asked before.',
    request: z.object({ participantId: id, source: stillSourceSchema }),
    response: z.object({
      stillId: z.string(),
      /** Milliseconds from now in which the picture must have arrived. */
      timeoutMs: z.int(),
    }),
  },
  declineStill: {
    doc: 'Says that the still which `stillRequested` asked for will not come.',
    request: z.object({ stillId: id, code: z.enum(stillDeclineCodes) }),
    response: empty,
  },
  listStills: {
    doc: 'The stills of this room, the newest first. Needs the grant `subscribe`; before one is in the room also `lookAhead`. More than 120 a minute are refused with `rateLimited`.',
    request: z.object({
      /** Only those that are older than this still, which itself may be gone. */
      before: id.optional(),
      limit: z.int().min(1).max(limits.stillsPage).default(limits.stillsPage),
    }),
    response: z.object({ stills: z.array(stillSchema) }),
  },
  removeStill: {
    doc: 'Removes a still for everyone. Needs the grant `moderate`.',
    request: z.object({ stillId: id }),
    response: empty,
  },
} as const satisfies Record<string, RequestContract>;

export type RequestMethod = keyof typeof requests;
export type RequestData<M extends RequestMethod> = z.infer<(typeof requests)[M]['request']>;
/** What a caller writes: fields with a default may be left out. */
export type RequestInput<M extends RequestMethod> = z.input<(typeof requests)[M]['request']>;
export type ResponseData<M extends RequestMethod> = z.infer<(typeof requests)[M]['response']>;

/** Addresses of other nodes that a client is told, at most. */
export const MAX_OTHER_NODES = 8;

interface NotificationContract {
  doc: string;
  data: z.ZodType;
}

export const errorBodySchema = z.object({ code: z.string(), message: z.string(), path: z.string().optional() });

/** Notifications from server to client. */
export const serverNotifications = {
  welcome: { doc: 'The first message of every socket that was let in.', data: snapshotSchema },
  moved: {
    doc: 'Another node of the cluster is to take this participant; the first and last message of this socket. Open the same one there, with `moved=1` in the query, and keep that address for what follows.',
    data: z.object({ url: z.string() }),
  },
  otherNodes: {
    doc: 'Right after `welcome`, in a cluster of several nodes: where else to ask for the room when this node can not be reached any more.',
    data: z.object({ urls: z.array(z.string()).max(MAX_OTHER_NODES) }),
  },
  closed: {
    doc: 'The session is over, or was never let in; the socket closes after it. Only `serverDraining`, `mediaUnavailable`, `nodeUnavailable`, `clusterUnavailable` and `rateLimited` are worth another try.',
    data: z.object({ error: errorBodySchema }),
  },
  admitted: {
    doc: 'The host let this participant in, to speak aside first or into the room (`stage`), or sent it back to the lobby.',
    data: snapshotSchema,
  },
  roomChanged: {
    doc: 'What holds for the room changed. Told to those who wait too.',
    data: z.object({ room: roomInfoSchema }),
  },
  roleChanged: {
    doc: 'Hosting was handed over, to this participant or by it, or went back. What it may do now is in the snapshot.',
    data: snapshotSchema,
  },
  guideChanged: {
    doc: 'The tasting guide as it is now; right after `welcome` where there is, or was, one. Told to those who wait too.',
    data: guideStateSchema,
  },
  stepChanged: {
    doc: 'Where the tasting stands now; right after `welcome` where it has begun. Told to those who wait too.',
    data: stepSchema,
  },
  noteShared: {
    doc: 'Someone shared a note, or changed one that is shared. Sent to everyone else in the room with the grant `subscribe`.',
    data: z.object({ note: tastingNoteSchema }),
  },
  noteWithdrawn: {
    doc: 'A note is not shared any more.',
    data: z.object({ teaId: z.string(), identity: z.string() }),
  },
  notesSummary: {
    doc: 'How far everyone is now; at most once a second, to who asked by `summarizeNotes`.',
    data: notesSummarySchema,
  },
  inviteChanged: {
    doc: 'An invitation is new or has another state; to who asked by `listInvites`.',
    data: z.object({ invite: inviteSchema }),
  },
  mediaReset: { doc: 'A media worker died; this is the session on another one. Publish again.', data: snapshotSchema },
  participantJoined: { doc: 'Someone entered.', data: z.object({ participant: participantInfoSchema }) },
  participantLeft: {
    doc: 'Someone left.',
    data: z.object({ participantId: z.string(), reason: z.enum(leaveReasons) }),
  },
  participantUpdated: {
    doc: 'Connection or metadata of someone changed; this is what holds now.',
    data: z.object({ participant: participantInfoSchema }),
  },
  trackPublished: {
    doc: 'Someone publishes a track. Who may subscribe gets `newConsumer` too.',
    data: z.object({ participantId: z.string(), track: trackInfoSchema }),
  },
  trackUnpublished: {
    doc: 'A publication ended.',
    data: z.object({ participantId: z.string(), producerId: z.string() }),
  },
  trackMuted: {
    doc: 'A track was muted or unmuted; also sent to its publisher when a moderator did it.',
    data: z.object({ participantId: z.string(), producerId: z.string(), paused: z.boolean() }),
  },
  newConsumer: {
    doc: 'A consumer for a new track. It is paused: make it, then resume it by `setConsumerPreferences`.',
    data: z.object({ consumer: consumerInfoSchema }),
  },
  videoResized: {
    doc: 'A received video has another size now.',
    data: z.object({ producerId: z.string(), size: videoSizeSchema }),
  },
  layersWanted: {
    doc: 'How much of an own video is watched now. At first all of it is; less comes some seconds late, more at once. Layers that are not wanted need not be sent.',
    data: layersWantedSchema,
  },
  consumerClosed: { doc: 'A consumer ended with its producer.', data: z.object({ consumerId: z.string() }) },
  activeSpeakers: {
    doc: 'Who speaks now, loudest first.',
    data: z.object({ participantIds: z.array(z.string()) }),
  },
  connectionQuality: {
    doc: 'The network quality of participants changed, or what it suffers from; also the own.',
    data: z.object({
      qualities: z.array(
        z.object({
          participantId: z.string(),
          quality: z.enum(connectionQualities),
          qualityReason: z.enum(qualityReasons).nullable(),
        }),
      ),
    }),
  },
  lobbyChanged: {
    doc: 'Who waits in the lobby now; only sent with the grant `admit`.',
    data: z.object({ waiting: z.array(participantInfoSchema) }),
  },
  stillRequested: {
    doc: 'This participant’s camera shall take a still and send it, or decline. It comes again after a resume; a still that is on its way needs nothing more.',
    data: z.object({
      stillId: z.string(),
      source: stillSourceSchema,
      upload: stillUploadSchema,
      /** Who asked first. */
      requestedBy: z.object({ participantId: z.string(), name: z.string() }),
    }),
  },
  stillAdded: {
    doc: 'A still was taken and is kept. Sent to everyone in the room with the grant `subscribe`.',
    data: z.object({ still: stillSchema }),
  },
  stillFailed: {
    doc: 'A still that this participant asked for will not come. `code` is one of errors.md.',
    data: z.object({ stillId: z.string(), code: z.string() }),
  },
  stillRemoved: {
    doc: 'A still was removed, by a moderator or by the shop. Sent to everyone in the room with the grant `subscribe`.',
    data: z.object({ stillId: z.string() }),
  },
} as const satisfies Record<string, NotificationContract>;

export type ServerNotification = keyof typeof serverNotifications;
export type ServerNotificationData<N extends ServerNotification> = z.infer<(typeof serverNotifications)[N]['data']>;

/** Notifications from client to server. */
export const clientNotifications = {
  joinTiming: {
    doc: 'How long the stages of a join took, measured in the page from the click; for the metrics of the operator.',
    data: z.object({
      start: z.enum(joinStarts),
      /** Socket open. */
      socketMs: durationMs,
      /** Snapshot received. */
      answerMs: durationMs,
      /** Transport to receive on: ICE connected. */
      iceMs: durationMs.optional(),
      /** Transport to receive on: DTLS connected. */
      dtlsMs: durationMs.optional(),
      /** First decoded frame. */
      firstFrameMs: durationMs.optional(),
    }),
  },
  networkReport: {
    doc: `What the client measured of its own network. To be sent every ${NETWORK_REPORT_INTERVAL_MS / 1_000} seconds while media flows, and once with nulls when none flows any more. Reports that stop without that are a \`poor\` network after three intervals in which nothing else comes either; who never reports has the quality \`unknown\`. Only after \`joined\`.`,
    data: networkReportSchema,
  },
} as const satisfies Record<string, NotificationContract>;

export type ClientNotification = keyof typeof clientNotifications;
export type ClientNotificationData<N extends ClientNotification> = z.infer<(typeof clientNotifications)[N]['data']>;
