import { conditionNames } from './scenarios/weakConditions.ts';

/** One option of the command line: the source of its help and of its check. */
export interface OptionDoc {
  /** What stands after the name in the help; none for a switch. */
  value?: string;
  doc: string;
  /** Scenarios that know it; all without a list. */
  scenarios?: readonly string[];
}

export const scenarioDocs = {
  join: 'from the click to the first decoded frame: cold, warm and hot, over round trip times, with people already there',
  admit:
    'from the click of a host who lets a guest in to the first frame on the screen of that guest, over round trip times',
  latency: 'glass to glass, to the decoded and to the displayed frame, beside peer to peer',
  storm: 'many joins a second into one room',
  load: 'consumers in steps until a browser that watches too suffers; processors, packets, memory',
  colour: 'chart colours through each codec, the colour card under wrong lights, and what its correction costs',
  weak: 'a tasting while the network of one end is weak: pictures, freezes, sound, and the time to recover, beside peer to peer',
  failover:
    'a call on a cluster when a node is killed or drained, and when Redis is away: until it is back, gaps, answers',
  cluster: 'rooms on several nodes: one watched by many, many small rooms, and what a join by another node costs',
  messages:
    'messages on one node and on two: send to delivered, the most a second, many members, many connections, and what outlives a kill',
  peers: 'the same page and source through another server or client (--peer), in turns',
} as const;

export type ScenarioName = keyof typeof scenarioDocs;
export const scenarioNames = Object.keys(scenarioDocs) as ScenarioName[];

const join = ['join'];
const joins = ['join', 'peers'];
const admit = ['admit'];
const weak = ['weak'];
const failover = ['failover'];
const cluster = ['cluster'];
const messages = ['messages'];

export const optionTable = {
  out: { value: 'DIR', doc: 'folder of the results (default bench/out)' },
  target: {
    value: 'URL',
    doc: 'measure this server instead of one of our own; without the relay, so at the round trip time it has',
  },
  'api-key': { value: 'KEY', doc: 'API key for --target' },
  'api-secret': { value: 'SECRET', doc: 'API secret for --target' },
  budgets: { value: 'FILE', doc: 'JSON with verdict rules that replace those of bench/budgets.ts' },
  seed: { value: 'N', doc: 'seed of order, delays and losses (default 1)' },
  smoke: { doc: 'a few joins and seconds: whether it works, not how fast it is; most verdicts are not judged' },
  help: { doc: 'this text' },
  count: {
    value: 'N',
    doc: 'joins of each kind (default 30, cold without delay 100), admissions at each round trip time (default 30), or growths of the picture in weak (default 25), ends of a node of each kind in failover (default 12), joins by each node in cluster (default 50), or messages of each kill of messages (default 20000)',
    scenarios: [...joins, ...admit, ...weak, ...failover, ...cluster, ...messages],
  },
  rtt: {
    value: 'LIST',
    doc: 'round trip times in ms (join: 0,50,100,200 and those of the 600 ms promise; admit: 0,50; peers: 0)',
    scenarios: [...joins, ...admit],
  },
  start: {
    value: 'LIST',
    doc: 'starts (default cold,warm,hot; peers: those of the other, cold of naive, cold,warm of livekit)',
    scenarios: joins,
  },
  people: {
    value: 'LIST',
    doc: 'people already in the room (default 1,10,50; 0 leaves this part out)',
    scenarios: join,
  },
  source: {
    value: 'WxH',
    doc: 'picture that the joins wait for (default 640x360, admit 1280x720)',
    scenarios: [...joins, ...admit],
  },
  size: { value: 'LIST', doc: 'pictures (default 640x360,1280x720)', scenarios: ['latency'] },
  bitrate: {
    value: 'BPS',
    doc: 'bits a second (default 1250000); in latency of 640x360, others by the square root of their pixels',
    scenarios: ['latency', 'load', 'peers'],
  },
  duration: {
    value: 'SECONDS',
    doc: 'of a storm (default 10), of a window of latency, load, weak or cluster (default 10) or messages (default 20), of the delay of colour (default 5), or for which Redis is away in failover (default 30)',
    scenarios: ['latency', 'storm', 'load', 'colour', 'peers', ...weak, ...failover, ...cluster, ...messages],
  },
  rounds: {
    value: 'N',
    doc: 'turns of peer to peer and server, of both servers, or without and with a correction (default 5); of all of weak (default 1)',
    scenarios: ['latency', 'colour', 'peers', 'weak'],
  },
  rate: {
    value: 'N',
    doc: 'joins a second (default 50), or messages a second of messages (default 100 and 500)',
    scenarios: ['storm', ...messages],
  },
  step: { value: 'N', doc: 'consumers that come with each step (default 25)', scenarios: ['load'] },
  max: { value: 'N', doc: 'consumers to end at (default 600)', scenarios: ['load'] },
  clients: { value: 'N', doc: 'processes of clients (default 2)', scenarios: ['load', 'storm'] },
  parts: {
    value: 'LIST',
    doc: 'what to measure (default all: colour transport,card,delay; weak tasting,resume; failover kill,drain,redis,partition; cluster watchers,rooms,join; messages latency,throughput,members,connections,kill)',
    scenarios: ['colour', ...weak, ...failover, ...cluster, ...messages],
  },
  nodes: {
    value: 'N',
    doc: 'nodes of the cluster (default 3; of the watchers and the joins of cluster 2)',
    scenarios: [...failover, ...cluster],
  },
  watchers: { value: 'N', doc: 'who watch one host (default 300)', scenarios: cluster },
  rooms: { value: 'N', doc: 'rooms of three people (default 500)', scenarios: cluster },
  members: { value: 'N', doc: 'members of one conversation (default 1000)', scenarios: messages },
  connections: { value: 'N', doc: 'connections to one node (default 10000)', scenarios: messages },
  codecs: {
    value: 'LIST',
    doc: 'codecs (default vp8,h264,vp9,av1); card and delay take the first',
    scenarios: ['colour'],
  },
  sources: {
    value: 'LIST',
    doc: 'frames of a canvas (rgb) or of a camera with this matrix (default rgb,bt601,bt709)',
    scenarios: ['colour'],
  },
  lights: {
    value: 'LIST',
    doc: 'lights on the card (default 2700k,3200k,green,5000k,6500k)',
    scenarios: ['colour'],
  },
  conditions: {
    value: 'LIST',
    doc: `what is wrong with the network (default ${conditionNames.join(',')})`,
    scenarios: weak,
  },
  ends: { value: 'LIST', doc: "whose network: the publisher's, the watcher's (default up,down)", scenarios: weak },
  peers: { value: 'LIST', doc: 'by what (default chaxi,p2p, and livekit where it is)', scenarios: weak },
  peer: {
    value: 'NAME',
    doc: 'naive: our server, asked one thing after another; livekit: LiveKit (default naive)',
    scenarios: ['peers'],
  },
  livekit: {
    value: 'URL',
    doc: 'a LiveKit server that runs; without it livekit-server from the PATH or LIVEKIT_SERVER_BIN is started',
    scenarios: ['peers'],
  },
  'livekit-key': { value: 'KEY', doc: 'API key for --livekit', scenarios: ['peers'] },
  'livekit-secret': { value: 'SECRET', doc: 'API secret for --livekit', scenarios: ['peers'] },
} as const satisfies Record<string, OptionDoc>;

export type OptionName = keyof typeof optionTable;

export function helpText(): string {
  const lines = (rows: readonly (readonly [string, string])[]) => {
    const width = Math.max(...rows.map(([left]) => left.length));
    return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
  };
  const entries = Object.entries(optionTable) as [OptionName, OptionDoc][];
  const flag = (name: string, { value }: OptionDoc) => `--${name}${value ? ` ${value}` : ''}`;
  const rowsOf = (fits: (doc: OptionDoc) => boolean) =>
    entries.filter(([, doc]) => fits(doc)).map(([name, doc]) => [flag(name, doc), doc.doc] as const);
  const own = rowsOf(({ scenarios }) => scenarios !== undefined).map(([left, right]) => [left, right] as const);
  return `Usage: npm run bench -- SCENARIO [options]

Scenarios:
${lines([...Object.entries(scenarioDocs), ['all', 'all of them, into one report']])}

Options:
${lines(rowsOf(({ scenarios }) => scenarios === undefined))}

Options of single scenarios:
${lines(own)}

Writes DIR/SCENARIO.json and DIR/report.html. The exit status is 0 if every verdict holds, 1 if one does not or was not judged
(with fewer joins, other parameters or a part left out), or the run failed or was interrupted, 2 for a wrong command line. A
smoke run measures too little to judge: there only a broken verdict makes it 1. How it measures: docs/benchmarks.md.`;
}
