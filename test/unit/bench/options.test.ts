import { expect } from 'chai';
import { helpText, optionTable } from '../../../bench/optionTable.ts';
import { parseOptions, UsageError } from '../../../bench/options.ts';

const liveKit = ['--livekit', 'wss://livekit.example', '--livekit-key', 'k', '--livekit-secret', 's'];

describe('the command line of the bench', () => {
  it('takes a scenario alone', () => {
    expect(parseOptions(['join'])).to.deep.include({ scenarios: ['join'], outDir: 'bench/out', smoke: false, seed: 1 });
  });

  it('takes all scenarios by one name', () => {
    expect(parseOptions(['all'])?.scenarios).to.include.members([
      'join',
      'latency',
      'storm',
      'load',
      'colour',
      'weak',
      'failover',
      'cluster',
      'messages',
      'peers',
    ]);
  });

  it('reads lists, sizes and seconds', () => {
    expect(parseOptions(['join', '--rtt', '0, 50,50', '--start', 'cold,hot', '--source', '1280x720'])).to.deep.include({
      rtts: [0, 50],
      starts: ['cold', 'hot'],
      source: { width: 1_280, height: 720 },
    });
    expect(parseOptions(['storm', '--duration', '2.5'])?.durationMs).to.equal(2_500);
  });

  it('reads which colours to measure', () => {
    const args = [
      'colour',
      '--parts',
      'card,delay',
      '--codecs',
      'vp9,av1',
      '--sources',
      'bt601',
      '--lights',
      'green,2700k',
    ];
    expect(parseOptions(args)).to.deep.include({
      ...{ parts: ['card', 'delay'], codecs: ['vp9', 'av1'], sources: ['bt601'], lights: ['green', '2700k'] },
    });
  });

  it('reads the parts and sizes of a cluster', () => {
    expect(parseOptions(['cluster', '--parts', 'rooms', '--rooms', '20', '--nodes', '4'])).to.deep.include({
      ...{ parts: ['rooms'], rooms: 20, nodes: 4 },
    });
    expect(parseOptions(['failover', '--parts', 'kill,redis'])?.parts).to.deep.equal(['kill', 'redis']);
    expect(() => parseOptions(['failover', '--nodes', '1'])).to.throw(UsageError, /from 2/);
    expect(() => parseOptions(['failover', '--parts', 'rooms'])).to.throw(UsageError, /kill/);
  });

  it('reads the parts and sizes of messages', () => {
    const args = ['messages', '--parts', 'kill,members', '--members', '50', '--connections', '200', '--rate', '300'];
    expect(parseOptions(args)).to.deep.include({
      ...{ parts: ['kill', 'members'], members: 50, connections: 200, rate: 300 },
    });
    expect(() => parseOptions(['messages', '--parts', 'rooms'])).to.throw(UsageError, /throughput/);
    expect(() => parseOptions(['cluster', '--members', '5'])).to.throw(UsageError, 'belongs to messages');
  });

  it('reads which networks to measure, whose, and by what', () => {
    const args = ['weak', '--conditions', 'loss20,outage', '--ends', 'down', '--peers', 'chaxi,livekit'];
    expect(parseOptions(args)).to.deep.include({
      ...{ conditions: ['loss20', 'outage'], ends: ['down'], weakPeers: ['chaxi', 'livekit'] },
    });
    expect(parseOptions(['weak', '--parts', 'resume', '--count', '20'])).to.deep.include({
      parts: ['resume'],
      count: 20,
    });
    expect(() => parseOptions(['weak', '--parts', 'card'])).to.throw(
      UsageError,
      'parts must be one of tasting, resume',
    );
    expect(() => parseOptions(['weak', '--conditions', 'rain'])).to.throw(
      UsageError,
      'conditions must be one of clean',
    );
    expect(() => parseOptions(['join', '--ends', 'up'])).to.throw(UsageError, 'belongs to weak');
  });

  it('takes another server with its key', () => {
    const remote = { url: 'https://tea.example', apiKey: 'key', apiSecret: 'secret' };
    expect(
      parseOptions(['join', '--target', remote.url, '--api-key', remote.apiKey, '--api-secret', remote.apiSecret])
        ?.remote,
    ).to.deep.equal(remote);
  });

  it('takes a LiveKit server that runs, at the round trip time it has', () => {
    const livekit = { url: 'wss://livekit.example', apiKey: 'k', apiSecret: 's' };
    const options = parseOptions(['peers', '--peer', 'livekit', '--start', 'warm', '--rtt', '0', ...liveKit]);
    expect(options).to.deep.include({ peer: 'livekit', livekit, starts: ['warm'], rtts: [0] });
  });

  it('takes the smallest picture that holds a number', () => {
    expect(parseOptions(['latency', '--size', '384x64'])?.sizes).to.deep.equal([{ width: 384, height: 64 }]);
  });

  it('answers nothing where help is asked for', () => {
    expect(parseOptions(['--help'])).to.equal(null);
  });

  for (const [what, args] of [
    ['no scenario', []],
    ['two scenarios', ['join', 'load']],
    ['a scenario that there is not', ['colour-blind']],
    ['an option that there is not', ['join', '--faster']],
    ['an option of another scenario', ['storm', '--rtt', '50']],
    ['a number that is none', ['join', '--count', 'many']],
    ['a count of nothing', ['join', '--count', '0']],
    ['an empty list', ['join', '--rtt', '']],
    ['a start that there is not', ['join', '--start', 'lukewarm']],
    ['a size that is none', ['join', '--source', 'large']],
    ['a picture too narrow for the number', ['join', '--source', '382x216']],
    ['a picture too low for the number', ['latency', '--size', '640x62']],
    ['a picture with an odd width', ['join', '--source', '641x360']],
    ['a picture with an odd height', ['latency', '--size', '640x361']],
    ['one bad picture of two', ['latency', '--size', '640x360,320x180']],
    ['fewer consumers than come with a step', ['load', '--step', '25', '--max', '24']],
    ['a start that naive does not have', ['peers', '--start', 'cold,warm']],
    ['a start that naive does not have, among all scenarios', ['all', '--start', 'warm']],
    ['a start that LiveKit does not have', ['peers', '--peer', 'livekit', '--start', 'hot']],
    ['a LiveKit server for another peer', ['peers', ...liveKit]],
    ['a LiveKit server without a secret', ['peers', '--peer', 'livekit', ...liveKit.slice(0, 4)]],
    ['a key of a LiveKit server that is not named', ['peers', '--peer', 'livekit', '--livekit-key', 'k']],
    ['a round trip time in front of a LiveKit server', ['peers', '--peer', 'livekit', '--rtt', '0,50', ...liveKit]],
    ['a codec that there is not', ['colour', '--codecs', 'vp8,opus']],
    ['a light that there is not', ['colour', '--lights', 'candle']],
    ['a source that there is not', ['colour', '--sources', 'cmyk']],
    ['a part of colour in another scenario', ['latency', '--parts', 'card']],
    ['a duration of nothing', ['storm', '--duration', '0']],
    ['a target without a key', ['join', '--target', 'https://tea.example']],
    ['a key without a target', ['join', '--api-key', 'k']],
    ['a secret without a target', ['join', '--api-secret', 's']],
    ['a target that is no address', ['join', '--target', 'tea', '--api-key', 'k', '--api-secret', 's']],
    [
      'a round trip time in front of a target',
      ['join', '--rtt', '50', '--target', 'https://tea.example', '--api-key', 'k', '--api-secret', 's'],
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(() => parseOptions(args)).to.throw(UsageError);
    });
  }

  it('is explained in full by the help', () => {
    for (const name of Object.keys(optionTable)) expect(helpText()).to.contain(`--${name}`);
  });
});
