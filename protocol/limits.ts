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
  /** Characters of a message's text. */
  messageText: 8_000,
  /** Messages in one request `send`. */
  messagesAtOnce: 50,
  /** People whom one message can mention. */
  mentions: 50,
  /** Messages in one answer of `history` and `sync`, and members in one of `listMembers`. */
  messagesPage: 100,
  /** Conversations in one answer. */
  conversationsPage: 50,
  /** Messages in one answer of `search`. */
  searchPage: 50,
  /** Characters of what is searched for. */
  searchText: 200,
  /** Unread messages of a conversation are counted up to this. */
  unreadCount: 100,
  /** A conversation with more members tells nobody of receipts, presence and typing: each of them would be told to all. */
  listedMembers: 100,
  /** Members of a conversation. */
  members: 5_000,
  /** People in one request `createGroup` or `addMembers`. */
  groupMembersAtOnce: 500,
  /** Different reactions to one message. */
  reactionKinds: 20,
  /** Milliseconds of a voice message. */
  voiceMs: 600_000,
  /** Parts of a voice message whose loudness is told. */
  waveformParts: 128,
  /** Characters of a file's name. */
  fileName: 255,
  /** Teas of a guide, and characters of the note to each where it is sent as a card. */
  guideTeas: 20,
  guideNote: 500,
  /** Infusions of one tea. */
  guideInfusions: 20,
  /** Flavours of one tea. */
  guideFlavours: 12,
  /** Bytes of a guide as JSON, whoever writes it: it goes in one signaling message. */
  guideBytes: 60_000,
  /** Characters of what a guide says of one tea. */
  guideText: 2_000,
  /** Changes of the guide that one participant may make in a minute, on average, and at once. */
  guideChangesPerMinute: 60,
  guideChangeBurst: 20,
  /** Changes of the step and its timer that one participant may make in a minute, on average, and at once. */
  stepsPerMinute: 120,
  stepBurst: 30,
  /** Tasting notes that one participant may save or share in a minute, on average; a page saves once a second while someone writes. */
  noteSavesPerMinute: 120,
  /** Tasting notes that one participant may save or share at once: those of all teas, after there was no network. */
  noteSaveBurst: 60,
  /** Lists and summaries of notes that one participant may ask for in a minute, on average, and at once. */
  noteListsPerMinute: 120,
  noteListBurst: 60,
  /** Characters of a tasting note on one aspect, and on the tea as a whole. */
  aspectWords: 500,
  noteWords: 2_000,
  /** Devices that one invitation can let in. */
  inviteUses: 50,
  /** Invitations of one room that are good at the same time. */
  invitesPerRoom: 100,
  /** Characters of the word that the host leaves for those who wait. */
  lobbyNote: 500,
  /** People who are kept out of one room at most; the first of more is let in again. */
  bans: 500,
  /** Bytes of the preview of an attachment. */
  attachmentPreviewBytes: 200_000,
  /** Bytes of one message of socket.io. */
  realtimeBytes: 1_000_000,
  /** Devices and pages of one person that may be connected to a node for messages. */
  socketsPerPerson: 50,
  /** Messages that one person may send in a minute, on average, on all devices of a node. */
  messagesPerMinute: 240,
  /** Messages that one person may send at once: as many as may have waited while there was no network. */
  messageBurst: 500,
  /** Messages that all may send in one conversation in a second, on average. */
  conversationMessagesPerSecond: 1_000,
  /** Uploads that one person may begin in a minute, on average. */
  uploadsPerMinute: 30,
  /** Searches of one person in a minute, on average. */
  searchesPerMinute: 60,
  /** Messages beyond that rate, or that are none, which may come at once before the socket is closed with `rateLimited`. */
  excessBurst: 1_000,
} as const;
