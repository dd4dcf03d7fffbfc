import fc from 'fast-check';
import { sources } from '../../protocol/grants.ts';
import { limits } from '../../protocol/limits.ts';
import type { RtpParameters } from '../../protocol/rtp.ts';
import { requests, type RequestInput, type RequestMethod } from '../../protocol/signaling.ts';
import { stillDeclineCodes, stillSources } from '../../protocol/stills.ts';
import { audioParameters, fixtureHello, videoParameters } from './rtpFixtures.ts';

/** A tree of JSON in which every request of the protocol can be written. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface AnyRequest {
  method: string;
  data: unknown;
}

export const requestMethods = Object.keys(requests) as RequestMethod[];

const prototypeKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  '__defineGetter__',
];
/** Parsed, since only so `__proto__` becomes a key like any other. */
const pollution = ['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'].map(
  (text) => JSON.parse(text) as Json,
);

function nest(depth: number): Json {
  let value: Json = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

/** Values that are wrong nearly everywhere: of the wrong type, huge, deep, or named like what objects inherit. */
export const junk: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  fc.constantFrom<Json>(null, true, 0, -1, 1.5, -0, 1e308, 2 ** 53, '', [], {}, ...prototypeKeys, ...pollution),
  fc.constantFrom<Json>('x'.repeat(20_000), Array<Json>(5_000).fill(0), nest(4_000), '\u0000', '\ud800'),
);

/** Every place inside a value, as the keys that lead there. */
function places(value: Json): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, item]) => places(item).map((place) => [key, ...place]))];
}

/** A copy with another value, or none, at one place. */
function replaceAt(value: Json, [key, ...rest]: readonly string[], replacement: Json | undefined): Json | undefined {
  if (key === undefined || typeof value !== 'object' || value === null) return replacement;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, Json>;
  const item = replaceAt(copy[key] ?? null, rest, replacement);
  if (item === undefined) delete copy[key];
  else copy[key] = item;
  return copy;
}

/** A valid value that is wrong at one to three places. */
export function spoiled(valid: Json): fc.Arbitrary<Json> {
  const change = fc.tuple(fc.constantFrom(...places(valid)), fc.option(junk, { nil: undefined }));
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce<Json>((value, [place, item]) => replaceAt(value, place, item) ?? null, valid));
}

/** Ids to put into requests, by what they are ids of. */
export interface Ids {
  participants: string[];
  transports: string[];
  producers: string[];
  consumers: string[];
  stills: string[];
}

export function mergeIds(...sets: Partial<Ids>[]): Ids {
  const all = (key: keyof Ids) => sets.flatMap((ids) => ids[key] ?? []);
  return {
    participants: all('participants'),
    transports: all('transports'),
    producers: all('producers'),
    consumers: all('consumers'),
    stills: all('stills'),
  };
}

/** A valid request of each method, with ids from those given. */
export function validRequest(ids: Ids): fc.Arbitrary<AnyRequest> {
  const participantId = fc.constantFrom(...ids.participants);
  const transportId = fc.constantFrom(...ids.transports);
  const producerId = fc.constantFrom(...ids.producers);
  const consumerId = fc.constantFrom(...ids.consumers);
  const stillId = fc.constantFrom(...ids.stills);
  const ssrc = fc.integer({ min: 1, max: 2 ** 31 });
  const { rtpCapabilities, dtlsFingerprints: fingerprints = [] } = fixtureHello();
  const data: { [M in RequestMethod]: fc.Arbitrary<RequestInput<M>> } = {
    join: fc.constantFrom({}, { rtpCapabilities }),
    leave: fc.constant({}),
    subscribe: fc.constant({}),
    connectTransport: transportId.map((id) => ({ transportId: id, dtlsParameters: { fingerprints } })),
    ping: fc.constant({}),
    restartIce: fc.record({ transportId, inUse: fc.string({ maxLength: 20 }) }, { requiredKeys: ['transportId'] }),
    produce: fc.tuple(fc.constantFrom(...sources), ssrc, fc.boolean()).map(([source, number, sound]) => ({
      kind: sound ? 'audio' : 'video',
      source,
      rtpParameters: sound ? audioParameters(number) : videoParameters(number),
    })),
    setVideoSize: fc.record({
      producerId,
      size: fc.record({ width: fc.integer({ min: 1, max: 16_384 }), height: fc.integer({ min: 1, max: 16_384 }) }),
    }),
    closeProducer: fc.record({ producerId }),
    setProducerPaused: fc.record({ producerId, paused: fc.boolean() }),
    setConsumerPreferences: fc.record(
      {
        consumerId,
        paused: fc.boolean(),
        preferredLayers: fc.record({ spatialLayer: fc.nat(8), temporalLayer: fc.nat(8) }),
        priority: fc.integer({ min: 1, max: 255 }),
      },
      { requiredKeys: ['consumerId'] },
    ),
    requestKeyFrame: fc.record({ consumerId }),
    admit: fc.record({ participantId, aside: fc.boolean() }),
    decline: fc.record({ participantId }),
    removeParticipant: fc.record({ participantId, ban: fc.boolean() }),
    requestStill: fc.record({ participantId, source: fc.constantFrom(...stillSources) }),
    declineStill: fc.record({ stillId, code: fc.constantFrom(...stillDeclineCodes) }),
    listStills: fc.record(
      { before: stillId, limit: fc.integer({ min: 1, max: limits.stillsPage }) },
      { requiredKeys: [] },
    ),
    removeStill: fc.record({ stillId }),
    admitAll: fc.constant({}),
    endAside: fc.record({ participantId }),
    setLobbyNote: fc.string({ maxLength: limits.lobbyNote }).map((text) => ({ text })),
    listBans: fc.constant({}),
    liftBan: fc.record({ identity: fc.constantFrom('li', 'nobody') }),
    setLocked: fc.record({ locked: fc.boolean() }),
    handOver: fc.record({ participantId }),
    setGuide: fc.record({
      revision: fc.nat(3),
      guide: fc.option(
        fc.record({ title: fc.constant('Teas'), teas: fc.constantFrom([], [{ teaId: 'rock', name: 'Rock tea' }]) }),
      ),
    }),
    setStep: fc.record({ teaId: fc.constantFrom(null, 'rock'), infusion: fc.nat(limits.guideInfusions - 1) }),
    setTimer: fc.record({ action: fc.constantFrom('start', 'pause', 'reset'), durationMs: fc.constant(20_000) }),
    saveNote: fc.record({ teaId: fc.constant('rock'), words: fc.string({ maxLength: 200 }) }),
    shareNote: fc.record({ teaId: fc.constant('rock'), shared: fc.boolean() }),
    listNotes: fc.constantFrom({}, { teaId: 'rock' }),
    summarizeNotes: fc.constant({}),
    createInvite: fc.record({ role: fc.constantFrom('guest', 'expert', 'observer'), name: fc.constant('Mei') }),
    listInvites: fc.constant({}),
    revokeInvite: fc.record({ inviteId: fc.uuid() }),
    setMetadata: fc.string({ maxLength: 200 }).map((metadata) => ({ metadata })),
  };
  return fc.oneof(...requestMethods.map((method) => data[method].map((item): AnyRequest => ({ method, data: item }))));
}

/** Requests of all sorts: right but for their ids, spoiled, pure junk, of methods that there are not. */
export function anyRequest(ids: Ids): fc.Arbitrary<AnyRequest> {
  const valid = validRequest(ids);
  return fc.oneof(
    { weight: 4, arbitrary: valid },
    {
      weight: 5,
      arbitrary: valid.chain(({ method, data }) => spoiled(data as Json).map((bad) => ({ method, data: bad }))),
    },
    { weight: 2, arbitrary: fc.record({ method: fc.constantFrom(...requestMethods), data: junk }) },
    {
      weight: 1,
      arbitrary: fc.record({ method: fc.oneof(fc.string(), fc.constantFrom(...prototypeKeys)), data: junk }),
    },
  );
}

/** Texts that are no message of protoo. */
export const noMessage: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  junk.filter((value) => !isMessage(value)).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    'null',
    '[]',
    '"request"',
    '{"request":true}',
    '{"request":true,"id":1}',
    '{"request":true,"method":"join"}',
    '{"request":true,"id":"1","method":"join"}',
    '{"request":true,"id":1.5,"method":"join"}',
    '{"request":true,"id":9007199254740993,"method":"join"}',
    '{"request":true,"id":1,"method":{"toString":1}}',
    '{"request":1,"id":1,"method":"join"}',
    '{"notification":true}',
    '{"notification":true,"method":7}',
    '{"response":true,"id":null}',
    '{"response":true,"ok":true}',
    '{"__proto__":{"request":true,"id":1,"method":"leave"}}',
    '{"request":true,"id":1,"method":"join"',
    '['.repeat(30_000),
  ),
);

function isMessage(value: Json): boolean {
  return (
    typeof value === 'object' && value !== null && ['request', 'response', 'notification'].some((key) => key in value)
  );
}

const payloadType = fc.integer({ min: 0, max: 127 });
const ssrc = fc.oneof(fc.constantFrom(0, 1, 2, 0xffffffff), fc.integer({ min: 0, max: 0xffffffff }));
const few = fc.constantFrom('', '0', '1', 'a', 'b');
const parameters = fc.dictionary(
  fc.constantFrom('apt', 'profile-id', 'packetization-mode', 'profile-level-id', 'useinbandfec', 'x'),
  fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), few, fc.constant('42e01f')),
);

/** RTP parameters whose form is right and whose sense is not. */
const senselessRtpParameters: fc.Arbitrary<RtpParameters> = fc.record(
  {
    mid: few,
    codecs: fc.array(
      fc.record(
        {
          mimeType: fc.constantFrom(
            'video/VP8',
            'video/VP9',
            'video/AV1',
            'video/H264',
            'video/rtx',
            'audio/opus',
            'audio/red',
            'video/x',
          ),
          payloadType: fc.oneof(fc.constantFrom(96, 97), payloadType),
          clockRate: fc.constantFrom(90_000, 48_000, 1, 1_000_000),
          channels: fc.constantFrom(1, 2, 8),
          parameters,
          rtcpFeedback: fc.array(
            fc.record({ type: fc.constantFrom('nack', 'ccm', 'transport-cc', 'x', ''), parameter: few }),
            { maxLength: 4 },
          ),
        },
        { requiredKeys: ['mimeType', 'payloadType', 'clockRate'] },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    headerExtensions: fc.array(
      fc.record({
        uri: fc.constantFrom(
          'urn:ietf:params:rtp-hdrext:sdes:mid',
          'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
          'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
          'urn:3gpp:video-orientation',
          'urn:x',
          '',
        ),
        id: fc.oneof(fc.constantFrom(1, 2, 255), fc.integer({ min: 1, max: 255 })),
        encrypt: fc.boolean(),
        parameters,
      }),
      { maxLength: 6 },
    ),
    encodings: fc.array(
      fc.record(
        {
          ssrc,
          rid: fc.constantFrom('a', 'r0', 'r1', 'x'.repeat(16)),
          codecPayloadType: fc.oneof(fc.constantFrom(96, 97), payloadType),
          rtx: fc.record({ ssrc }),
          dtx: fc.boolean(),
          scalabilityMode: fc.constantFrom('L1T1', 'L3T3', 'S3T3', 'L3T3_KEY', 'L2T2h'),
          scaleResolutionDownBy: fc.double({ min: 1, max: 64, noNaN: true }),
          maxBitrate: fc.integer({ min: 0, max: 1_000_000_000 }),
        },
        { requiredKeys: [] },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    rtcp: fc.record(
      { cname: fc.constantFrom('', 'test', 'x'.repeat(256)), reducedSize: fc.boolean(), mux: fc.boolean() },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['codecs', 'encodings'] },
);

/** RTP parameters that only mediasoup and its worker can judge: senseless at one place, or altogether. */
export const hostileRtpParameters: fc.Arbitrary<RtpParameters> = fc.oneof(
  { weight: 1, arbitrary: senselessRtpParameters },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(videoParameters(1), videoParameters(2), videoParameters(70_000)),
        senselessRtpParameters,
        fc.subarray(['mid', 'codecs', 'headerExtensions', 'encodings', 'rtcp'] as const, { maxLength: 2 }),
      )
      .map(([valid, senseless, parts]) => ({
        ...valid,
        ...Object.fromEntries(parts.map((part) => [part, senseless[part] ?? valid[part]])),
      })),
  },
);
