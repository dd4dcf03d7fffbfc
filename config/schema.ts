import { isIP } from 'node:net';
import { z } from 'zod';
import { fileTypeNames } from '../protocol/fileTypes.ts';
import { codecNames } from '../protocol/mediaCodecs.ts';
import { iceServerSchema } from '../protocol/signaling.ts';
import { isOrigin, toOrigin } from './origin.ts';

/** What stands beside each key: the source of `--help` and docs/configuration.md. */
export interface KeyDoc {
  doc: string;
  /** What is right, where the type alone does not say it. */
  expects?: string;
  /** Never shown: not in errors, not in logs, not in `chaxi config`. */
  secret?: boolean;
}

export const keyDocs = z.registry<KeyDoc>();

export const modes = ['development', 'production'] as const;
export type Mode = (typeof modes)[number];

/** Characters that an API secret has at least: 256 bits in base64 are 43, in hexadecimal 64 (RFC 7518 section 3.2). */
export const API_SECRET_MIN_LENGTH = 32;

const filePath = z.string().min(1).max(4_096);
const host = z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/);
const origin = z
  .string()
  .refine((value) => value === '*' || isOrigin(value))
  .overwrite(toOrigin);
// RFC 7065 section 3.1.
const turnUrl = z.string().regex(/^turns?:[^\s?,]{1,253}(\?transport=(udp|tcp))?$/);
const ipAddress = z.string().refine((value) => isIP(value) !== 0);
const apiKey = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
// No comma and no blank, so that the form of the environment, `key:secret,key2:secret2`, can carry every secret.
const apiSecret = z
  .string()
  .min(API_SECRET_MIN_LENGTH)
  .max(512)
  .regex(/^[\x21-\x2b\x2d-\x7e]*$/);

const http = z.strictObject({
  host: host.default('127.0.0.1').register(keyDocs, {
    doc: 'Address that HTTP and signaling listen on; 0.0.0.0 or :: for every address.',
    expects: 'an IP address or a host name',
  }),
  port: z.int().min(0).max(65_535).default(4480).register(keyDocs, {
    doc: 'TCP port of HTTP and signaling; 0 takes any free port.',
  }),
  publicUrl: z.string().refine(isOrigin).overwrite(toOrigin).nullable().default(null).register(keyDocs, {
    doc: 'Address that browsers use, when a proxy stands in front; null derives it from host and port.',
    expects: 'null, or an origin such as https://tea.example',
  }),
  corsOrigins: z.array(origin).max(1_000).default([]).register(keyDocs, {
    doc: 'Origins whose pages may use the server besides its own; `*` allows every page.',
    expects: 'a list of origins such as https://shop.example, or *',
  }),
  trustProxy: z.int().min(0).max(10).default(0).register(keyDocs, {
    doc: 'Number of proxies in front whose X-Forwarded headers are believed.',
  }),
  tls: z
    .strictObject({
      certFile: filePath.nullable().default(null).register(keyDocs, {
        doc: 'Certificate chain in PEM; with keyFile it turns https on. Read again when the file changes.',
        expects: 'null, or the path of a file',
      }),
      keyFile: filePath.nullable().default(null).register(keyDocs, {
        doc: 'Private key of the certificate in PEM.',
        expects: 'null, or the path of a file',
      }),
    })
    .prefault({}),
  rateLimitPerMinute: z.int().min(1).max(1_000_000).default(600).register(keyDocs, {
    doc: 'Requests a minute that one address may send: so many to REST, so many for pictures of stills, and so many for exports of tastings; more are answered with `rateLimited`. Uploads are not counted, as each has a permission of its own.',
  }),
});

const auth = z.strictObject({
  apiKeys: z
    .record(apiKey, apiSecret)
    .default({})
    .register(keyDocs, {
      doc: 'API keys and their secrets, one pair per shop. Development mode makes one in dataDir when there is none.',
      expects: `pairs of a key (letters, digits, _ and -) and a secret of at least ${API_SECRET_MIN_LENGTH} characters without blanks and commas`,
      secret: true,
    }),
});

const rooms = z.strictObject({
  autoCreate: z.boolean().default(true).register(keyDocs, {
    doc: 'A valid token makes its room when there is none; false: only REST makes rooms.',
  }),
  maxRooms: z.int().min(1).max(1_000_000).default(10_000).register(keyDocs, {
    doc: 'Rooms that the server keeps open at once.',
  }),
  maxParticipants: z.int().min(1).max(10_000).default(100).register(keyDocs, {
    doc: 'Participants of a room that was made without a number of its own.',
  }),
  emptyTimeoutMs: z.int().min(0).max(86_400_000).default(300_000).register(keyDocs, {
    doc: 'Milliseconds that a room without anyone stays.',
  }),
  hostReturnMs: z.int().min(0).max(86_400_000).default(120_000).register(keyDocs, {
    doc: 'Milliseconds that the role of a host is kept whose connection is lost; one that was handed over then goes back.',
  }),
  lobby: z.boolean().default(false).register(keyDocs, {
    doc: 'Whoever has not the grant `admit` waits until the host lets them in.',
  }),
});

const signaling = z.strictObject({
  resumeTimeoutMs: z.int().min(0).max(600_000).default(20_000).register(keyDocs, {
    doc: 'Milliseconds that a session without its socket stays, so that the page can resume it.',
  }),
  pingIntervalMs: z.int().min(100).max(600_000).default(10_000).register(keyDocs, {
    doc: 'Milliseconds between two pings of a socket; one that misses a whole interval counts as lost.',
  }),
});

const media = z.strictObject({
  workers: z.int().min(0).max(256).default(0).register(keyDocs, {
    doc: 'Media workers; 0 starts one a core.',
  }),
  basePort: z.int().min(0).max(65_535).default(44_480).register(keyDocs, {
    doc: 'UDP and TCP port of the first worker, the next has the next port; 0 takes any free ports.',
  }),
  listenIps: z.array(ipAddress).max(64).default([]).register(keyDocs, {
    doc: 'IP addresses that media listens on; an empty list takes every address of this machine.',
    expects: 'a list of IPv4 and IPv6 addresses',
  }),
  announcedAddress: host.nullable().default(null).register(keyDocs, {
    doc: 'Address that browsers send media to, when it differs from the own (NAT, container).',
    expects: 'null, or an IP address or host name',
  }),
  codecs: z
    .array(z.enum(codecNames))
    .min(1)
    .max(codecNames.length)
    .refine((names) => new Set(names).size === names.length)
    .default(codecNames)
    .register(keyDocs, {
      doc: 'Codecs that rooms can use, the preferred ones first.',
      expects: `a list of one or more of ${codecNames.join(', ')}, each once`,
    }),
  initialOutgoingBitrateBps: z.int().min(30_000).max(1_000_000_000).default(3_000_000).register(keyDocs, {
    doc: 'Bits a second that are assumed of a new subscriber until its network is measured.',
  }),
  maxIncomingBitrateBps: z.int().min(30_000).max(1_000_000_000).default(10_000_000).register(keyDocs, {
    doc: 'Bits a second that one publisher may send.',
  }),
  consumersPerRouter: z.int().min(1).max(100_000).default(400).register(keyDocs, {
    doc: 'Consumers on one router of a room before the room spreads to another worker.',
  }),
  pipe: z
    .strictObject({
      listenIp: ipAddress.nullable().default(null).register(keyDocs, {
        doc: 'IP address that media of other nodes of the cluster arrives at, all of them IPv4 or all IPv6; null takes the first of listenIps, or else of this machine.',
        expects: 'null, or an IPv4 or IPv6 address',
      }),
      announcedAddress: host.nullable().default(null).register(keyDocs, {
        doc: 'Address that other nodes send media to, when it differs from the own (NAT, container).',
        expects: 'null, or an IP address or host name',
      }),
      minPort: z.int().min(0).max(65_535).default(0).register(keyDocs, {
        doc: 'First UDP port for media of other nodes; a room takes one for each router of another node that it sends media to or gets it from. 0 takes any free ports.',
      }),
      maxPort: z.int().min(0).max(65_535).default(0).register(keyDocs, {
        doc: 'Last UDP port for media of other nodes.',
      }),
    })
    .prefault({}),
  iceServers: z.array(z.strictObject(iceServerSchema.shape)).max(16).default([]).register(keyDocs, {
    doc: 'STUN and TURN servers handed to browsers, as RTCIceServer objects.',
    expects: 'a list of objects {"urls", "username", "credential"}',
    secret: true,
  }),
  turn: z
    .strictObject({
      urls: z.array(turnUrl).max(16).default([]).register(keyDocs, {
        doc: 'Addresses of a TURN server (coturn) for which each participant gets a name and a password of its own, good for a while.',
        expects: 'a list of addresses such as turn:turn.example:3478?transport=udp',
      }),
      secret: z.string().min(16).max(512).nullable().default(null).register(keyDocs, {
        doc: 'What the TURN server has as `static-auth-secret`.',
        expects: 'null, or at least 16 characters',
        secret: true,
      }),
      ttlSeconds: z.int().min(60).max(2_592_000).default(86_400).register(keyDocs, {
        doc: 'Seconds that such a password is good for; longer than anyone stays in a room.',
      }),
    })
    .prefault({}),
});

const stills = z.strictObject({
  maxBytes: z.int().min(100_000).max(100_000_000).default(20_000_000).register(keyDocs, {
    doc: 'Bytes of one still. A proxy in front must let bodies of this size through (nginx: `client_max_body_size`).',
  }),
  maxPerRoom: z.int().min(0).max(1_000_000).default(200).register(keyDocs, {
    doc: 'Stills that a node keeps of one room; when it has as many, no more can be asked for. 0 allows none.',
  }),
  maxBytesPerKey: z.int().min(0).max(1_000_000_000_000_000).default(10_000_000_000).register(keyDocs, {
    doc: 'Bytes of stills, with their previews, that a node keeps of one API key in all its rooms; when it has as many, no more can be asked for. 0 sets no limit.',
  }),
  retentionDays: z.int().min(0).max(36_500).default(365).register(keyDocs, {
    doc: 'Days that a still is kept; 0 keeps it for ever.',
  }),
  timeoutMs: z.int().min(1_000).max(120_000).default(30_000).register(keyDocs, {
    doc: 'Milliseconds in which a camera must have sent the picture that it was asked for.',
  }),
});

const tastings = z.strictObject({
  retentionDays: z.int().min(0).max(36_500).default(365).register(keyDocs, {
    doc: 'Days that the guide of a tasting, its notes, its rules and its invitations are kept after they changed last; 0 keeps them for ever.',
  }),
});

const messages = z.strictObject({
  retentionDays: z.int().min(0).max(36_500).default(0).register(keyDocs, {
    doc: 'Days that messages and their files are kept; 0 keeps them for ever.',
  }),
  maxFileBytes: z.int().min(100_000).max(10_000_000_000).default(50_000_000).register(keyDocs, {
    doc: 'Bytes of one file that a message carries. It comes in requests of 2 MB; a proxy in front must let these through.',
  }),
  maxBytesPerKey: z.int().min(0).max(1_000_000_000_000_000).default(50_000_000_000).register(keyDocs, {
    doc: 'Bytes of files, with what unfinished uploads will have, that are kept of one API key; when there are as many, no more can be sent. 0 sets no limit.',
  }),
  fileTypes: z
    .array(z.enum(fileTypeNames))
    .max(fileTypeNames.length)
    .default([
      'image/jpeg',
      'image/png',
      'image/webp',
      'audio/webm',
      'audio/ogg',
      'audio/mp4',
      'application/pdf',
      'text/plain',
    ])
    .register(keyDocs, {
      doc: 'Media types that files may have, by what is in them. Voice messages need those of `audio/`: browsers record one or another. Documents of an office program are left out unless they are named.',
      expects: `a list of any of ${fileTypeNames.join(', ')}`,
    }),
  s3: z
    .strictObject({
      endpoint: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null)
        .register(keyDocs, {
          doc: 'Address of an S3-compatible storage; with it files of messages lie in a bucket that all nodes share, and on the disk only while they come. Without it each node keeps those that came to it in dataDir.',
          expects: 'null, or an address such as https://s3.eu-central-1.amazonaws.com',
        }),
      bucket: z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
        .nullable()
        .default(null)
        .register(keyDocs, {
          doc: 'The bucket. It must be there, and be nobody else’s to read: the server hands files out itself.',
          expects: 'null, or the name of a bucket',
        }),
      region: z.string().min(1).max(64).default('us-east-1').register(keyDocs, {
        doc: 'Region of the bucket, which its signatures name.',
        expects: 'the name of a region',
      }),
      accessKeyId: z.string().min(1).max(256).nullable().default(null).register(keyDocs, {
        doc: 'Key that may get, put, delete and list objects of the bucket.',
        expects: 'null, or the id of a key',
        secret: true,
      }),
      secretAccessKey: z.string().min(1).max(256).nullable().default(null).register(keyDocs, {
        doc: 'Secret of that key.',
        expects: 'null, or the secret of a key',
        secret: true,
      }),
      forcePathStyle: z.boolean().default(true).register(keyDocs, {
        doc: 'The bucket stands in the path of addresses (MinIO and most others), and not before the host.',
      }),
    })
    .prefault({}),
});

const log = z.strictObject({
  level: z.enum(['error', 'warn', 'info', 'debug']).default('info').register(keyDocs, {
    doc: 'The least severe level that is written.',
  }),
  format: z.enum(['auto', 'json', 'readable']).default('auto').register(keyDocs, {
    doc: 'Form of the lines on standard output; `auto` is json in production and readable in development.',
  }),
});

/** How the node is chosen that takes a participant. */
export const placements = ['region', 'leastLoaded', 'sticky'] as const;
export type Placement = (typeof placements)[number];

const database = z.strictObject({
  url: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S{1,512}$/)
    .refine((value) => URL.canParse(value))
    .nullable()
    .default(null)
    .register(keyDocs, {
      doc: 'PostgreSQL that keeps what is said in conversations, for all nodes of a cluster; null keeps it in dataDir. Its encoding must be UTF8. `?sslmode=verify-full` speaks TLS.',
      expects: 'null, or an address such as postgres://chaxi:password@database.example/chaxi',
      secret: true,
    }),
  caFile: filePath.nullable().default(null).register(keyDocs, {
    doc: 'Certificate authority of PostgreSQL, in PEM, where its certificate is signed by one of your own; turns TLS on.',
    expects: 'null, or the path of a file',
  }),
  poolSize: z.int().min(1).max(1_000).default(10).register(keyDocs, {
    doc: 'Connections to PostgreSQL that a node opens at most.',
  }),
});

const redis = z.strictObject({
  url: z
    .string()
    .regex(/^rediss?:\/\/\S{1,512}$/)
    .nullable()
    .default(null)
    .register(keyDocs, {
      doc: 'Redis of the cluster; with it nodes know of each other. rediss:// speaks TLS.',
      expects: 'null, or an address such as rediss://:password@redis.example:6379',
      secret: true,
    }),
  caFile: filePath.nullable().default(null).register(keyDocs, {
    doc: 'Certificate authority of a rediss:// server, in PEM, where its certificate is signed by one of your own.',
    expects: 'null, or the path of a file',
  }),
});

const cluster = z.strictObject({
  secret: z
    .string()
    .min(API_SECRET_MIN_LENGTH)
    .max(512)
    .nullable()
    .default(null)
    .register(keyDocs, {
      doc: 'Secret that all nodes of a cluster share: what one leaves in Redis is of use to none without it.',
      expects: `null, or at least ${API_SECRET_MIN_LENGTH} characters`,
      secret: true,
    }),
  nodeId: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .nullable()
    .default(null)
    .register(keyDocs, {
      doc: 'Name of this node in the cluster, its own alone; null makes one of the host name at each start.',
      expects: 'null, or up to 64 letters, digits, dots, hyphens and underscores',
    }),
  region: z
    .string()
    .regex(/^[A-Za-z0-9._-]{0,64}$/)
    .default('')
    .register(keyDocs, {
      doc: 'Where this node stands, in words of your own, such as `fujian` or `eu-west`.',
      expects: 'up to 64 letters, digits, dots, hyphens and underscores',
    }),
  placement: z.enum(placements).default('region').register(keyDocs, {
    doc: 'Which node takes someone who joins: one of the region of the node that was asked, with the others of the room who are there (`region`), the emptiest of all (`leastLoaded`), or one that has the room (`sticky`); each while it has space.',
  }),
  heartbeatMs: z.int().min(100).max(60_000).default(500).register(keyDocs, {
    doc: 'Milliseconds between two signs of life of a node; after three that did not come the others take it for dead.',
  }),
});

/** Every key of the configuration, in the order of the documentation. */
export const configSchema = z.strictObject({
  mode: z.enum(modes).default('development').register(keyDocs, {
    doc: 'Development makes its own API secret and prints demo links. Where nothing says otherwise, NODE_ENV=production means production.',
  }),
  http: http.prefault({}),
  auth: auth.prefault({}),
  rooms: rooms.prefault({}),
  signaling: signaling.prefault({}),
  media: media.prefault({}),
  stills: stills.prefault({}),
  tastings: tastings.prefault({}),
  messages: messages.prefault({}),
  database: database.prefault({}),
  redis: redis.prefault({}),
  cluster: cluster.prefault({}),
  log: log.prefault({}),
  dataDir: filePath.default('data').register(keyDocs, {
    doc: 'Folder of what the server keeps; like every path relative to the working directory.',
    expects: 'the path of a folder',
  }),
  shutdownTimeoutMs: z.int().min(0).max(600_000).default(4_000).register(keyDocs, {
    doc: 'Milliseconds that a stop may take before what is still open is cut.',
  }),
  demoRoom: z.boolean().default(true).register(keyDocs, {
    doc: 'In development: print the links of a demo room, one a role.',
  }),
});

export type Config = z.infer<typeof configSchema>;
