import { parseArgs } from 'node:util';
import type { VideoCodecName } from '../protocol/mediaCodecs.ts';
import { joinStarts, type JoinStart } from '../protocol/signaling.ts';
import { lightNames, type LightName } from './colour/spectra/lights.ts';
import type { RemoteTarget } from './lib/Target.ts';
import { optionTable, scenarioNames, type OptionDoc, type OptionName, type ScenarioName } from './optionTable.ts';
import { ID_AREA } from './probes/frameId.ts';
import { pictureFormats, type PictureFormat } from './probes/PictureSource.ts';
import { conditionNames, weakEnds, type ConditionName, type WeakEnd } from './scenarios/weakConditions.ts';

export interface Size {
  width: number;
  height: number;
}

export const peerNames = ['naive', 'livekit'] as const;
export type PeerName = (typeof peerNames)[number];
/** What each can do before the click, and so what is compared. */
export const peerStarts: Record<PeerName, readonly JoinStart[]> = { naive: ['cold'], livekit: ['cold', 'warm'] };

/** What carries the tasting of `weak`. */
export const weakPeers = ['chaxi', 'p2p', 'livekit'] as const;
export type WeakPeer = (typeof weakPeers)[number];

export const videoCodecs: readonly VideoCodecName[] = ['vp8', 'h264', 'vp9', 'av1'];
/** What `colour` measures: chart colours by each codec, the card under each light, and what its correction costs. */
export const colourParts = ['transport', 'card', 'delay'] as const;
export type ColourPart = (typeof colourParts)[number];
/** What `weak` measures: tastings under each condition, and how fast a larger picture comes when its element grows. */
export const weakParts = ['tasting', 'resume'] as const;
export type WeakPart = (typeof weakParts)[number];

/** Room for the number, and for a picture around it. */
const MIN_SIZE: Size = { width: ID_AREA.width, height: 2 * ID_AREA.height };

/** What `failover` measures: nodes that are killed, nodes that are drained, Redis away, nodes that do not reach each other. */
export const failoverParts = ['kill', 'drain', 'redis', 'partition'] as const;
export type FailoverPart = (typeof failoverParts)[number];

/** What `cluster` measures: one who is watched by many, many rooms, joins by another node. */
export const clusterParts = ['watchers', 'rooms', 'join'] as const;
export type ClusterPart = (typeof clusterParts)[number];

/** What `messages` measures: send to delivered, the most a second, many members of one conversation, many connections, kills. */
export const messagesParts = ['latency', 'throughput', 'members', 'connections', 'kill'] as const;
export type MessagesPart = (typeof messagesParts)[number];

type Part = ColourPart | WeakPart | FailoverPart | ClusterPart | MessagesPart;

/** The command line. What was not given is undefined, and each scenario knows its default. */
export interface BenchOptions {
  scenarios: ScenarioName[];
  outDir: string;
  remote: RemoteTarget | null;
  budgetsFile?: string;
  seed: number;
  smoke: boolean;
  count?: number;
  rtts?: number[];
  starts?: JoinStart[];
  people?: number[];
  source?: Size;
  sizes?: Size[];
  bitrateBps?: number;
  durationMs?: number;
  rounds?: number;
  rate?: number;
  step?: number;
  max?: number;
  clients?: number;
  /** Of colour, weak, failover, cluster or messages. */
  parts?: Part[];
  nodes?: number;
  watchers?: number;
  rooms?: number;
  members?: number;
  connections?: number;
  codecs?: VideoCodecName[];
  sources?: PictureFormat[];
  lights?: LightName[];
  conditions?: ConditionName[];
  ends?: WeakEnd[];
  weakPeers?: WeakPeer[];
  peer: PeerName;
  livekit: RemoteTarget | null;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {}

type Values = Partial<Record<OptionName, string | boolean>>;

/** @throws UsageError; null where help is asked for */
export function parseOptions(args: readonly string[]): BenchOptions | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const scenarios = scenariosOf(positionals);
  for (const name of Object.keys(values) as OptionName[]) {
    const { scenarios: knownBy }: OptionDoc = optionTable[name];
    if (knownBy && !scenarios.some((scenario) => knownBy.includes(scenario))) {
      throw new UsageError(`--${name} is not an option of ${positionals[0]}; it belongs to ${knownBy.join(', ')}.`);
    }
  }
  const text = (name: OptionName) => values[name] as string | undefined;
  const count = (name: OptionName, min = 1) => optional(text(name), (value) => wholeNumber(name, value, min));
  const remote = remoteOf('target', text('target'), text('api-key'), text('api-secret'));
  if (remote && text('rtt')) throw new UsageError('--rtt needs the relay, which does not stand in front of --target.');
  const durationS = optional(text('duration'), (value) => positiveNumber('duration', value));
  const options: BenchOptions = {
    scenarios,
    outDir: text('out') ?? 'bench/out',
    remote,
    budgetsFile: text('budgets'),
    seed: count('seed', 0) ?? 1,
    smoke: values.smoke === true,
    count: count('count'),
    rtts: listOf('rtt', text('rtt'), (item) => wholeNumber('rtt', item, 0)),
    starts: listOf('start', text('start'), (item) => oneOf('start', item, joinStarts)),
    people: listOf('people', text('people'), (item) => wholeNumber('people', item, 0)),
    source: optional(text('source'), (value) => size('source', value)),
    sizes: listOf('size', text('size'), (item) => size('size', item)),
    bitrateBps: count('bitrate', 50_000),
    durationMs: durationS && durationS * 1_000,
    rounds: count('rounds'),
    rate: count('rate'),
    step: count('step'),
    max: count('max'),
    clients: count('clients'),
    parts: listOf('parts', text('parts'), (item) => oneOf('parts', item, partsOf(scenarios))),
    nodes: count('nodes', 2),
    watchers: count('watchers'),
    rooms: count('rooms'),
    members: count('members'),
    connections: count('connections'),
    codecs: listOf('codecs', text('codecs'), (item) => oneOf('codecs', item, videoCodecs)),
    sources: listOf('sources', text('sources'), (item) => oneOf('sources', item, pictureFormats)),
    lights: listOf('lights', text('lights'), (item) => oneOf('lights', item, lightNames)),
    conditions: listOf('conditions', text('conditions'), (item) => oneOf('conditions', item, conditionNames)),
    ends: listOf('ends', text('ends'), (item) => oneOf('ends', item, weakEnds)),
    weakPeers: listOf('peers', text('peers'), (item) => oneOf('peers', item, weakPeers)),
    peer: oneOf('peer', text('peer') ?? 'naive', peerNames),
    livekit: remoteOf('livekit', text('livekit'), text('livekit-key'), text('livekit-secret')),
  };
  checkTogether(options);
  return options;
}

/** What each option alone cannot tell. */
function checkTogether({ scenarios, rtts, starts, step, max, peer, livekit }: BenchOptions): void {
  if (step && max && max < step) throw new UsageError('--max must be at least --step: no consumer would come.');
  if (!scenarios.includes('peers')) return;
  if (livekit && peer !== 'livekit') throw new UsageError('--livekit needs --peer livekit.');
  if (livekit && rtts?.some((rttMs) => rttMs > 0)) {
    throw new UsageError('--rtt above 0 needs the relay, which does not stand in front of --livekit.');
  }
  const missing = starts?.find((start) => !peerStarts[peer].includes(start));
  if (missing) throw new UsageError(`${peer} has no ${missing} start; --start may be ${peerStarts[peer].join(', ')}.`);
}

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  const entries = Object.entries(optionTable) as [OptionName, OptionDoc][];
  const options = Object.fromEntries(
    entries.map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' } as const]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function scenariosOf(positionals: readonly string[]): ScenarioName[] {
  const [name, ...more] = positionals;
  if (!name || more.length > 0) throw new UsageError(`Name one scenario: ${scenarioNames.join(', ')} or all.`);
  return name === 'all' ? scenarioNames : [oneOf('scenario', name, scenarioNames)];
}

function remoteOf(name: string, url?: string, apiKey?: string, apiSecret?: string): RemoteTarget | null {
  const prefix = name === 'target' ? 'api' : name;
  if (!url) {
    if (apiKey ?? apiSecret) throw new UsageError(`--${prefix}-key and --${prefix}-secret need --${name}.`);
    return null;
  }
  if (!URL.canParse(url)) throw new UsageError(`--${name} must be a URL.`);
  if (!apiKey || !apiSecret) throw new UsageError(`--${name} needs --${prefix}-key and --${prefix}-secret.`);
  return { url, apiKey, apiSecret };
}

/** Two scenarios may share a name of one: it is measured by both. */
function partsOf(scenarios: readonly ScenarioName[]): Part[] {
  return [
    ...(scenarios.includes('colour') ? colourParts : []),
    ...(scenarios.includes('weak') ? weakParts : []),
    ...(scenarios.includes('failover') ? failoverParts : []),
    ...(scenarios.includes('cluster') ? clusterParts : []),
    ...(scenarios.includes('messages') ? messagesParts : []),
  ];
}

function optional<T>(text: string | undefined, read: (text: string) => T): T | undefined {
  return text === undefined ? undefined : read(text);
}

function listOf<T>(name: string, text: string | undefined, read: (item: string) => T): T[] | undefined {
  return optional(text, (list) => {
    if (list === '') throw new UsageError(`--${name} must not be empty.`);
    return [...new Set(list.split(',').map((item) => item.trim()))].map(read);
  });
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === text);
  if (!found) throw new UsageError(`${name} must be one of ${allowed.join(', ')}, not ${text}.`);
  return found;
}

function wholeNumber(name: string, text: string, min: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min)
    throw new UsageError(`--${name} must be a whole number from ${min}, not ${text}.`);
  return value;
}

function positiveNumber(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || value === Infinity) throw new UsageError(`--${name} must be a number above 0, not ${text}.`);
  return value;
}

function size(name: string, text: string): Size {
  const match = /^(\d{2,4})x(\d{2,4})$/.exec(text);
  if (!match) throw new UsageError(`--${name} must be a size such as 640x360, not ${text}.`);
  const [width, height] = [Number(match[1]), Number(match[2])];
  if (width < MIN_SIZE.width || height < MIN_SIZE.height || width % 2 === 1 || height % 2 === 1) {
    throw new UsageError(
      `--${name} must have even numbers from ${MIN_SIZE.width}x${MIN_SIZE.height}, where a frame's number fits, not ${text}.`,
    );
  }
  return { width, height };
}
