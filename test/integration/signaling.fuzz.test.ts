import { expect } from 'chai';
import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { env } from 'node:process';
import { deflateRawSync } from 'node:zlib';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { isErrorCode } from '../../protocol/errorCodes.ts';
import type { Role } from '../../protocol/grants.ts';
import { rtpParametersSchema } from '../../protocol/rtp.ts';
import type { Hello } from '../../protocol/signaling.ts';
import { Bystanders } from '../helpers/Bystanders.ts';
import { audioParameters, fixtureHello, videoParameters } from '../helpers/rtpFixtures.ts';
import {
  anyRequest,
  hostileRtpParameters,
  junk,
  mergeIds,
  noMessage,
  spoiled,
  validRequest,
  type AnyRequest,
  type Ids,
  type Json,
} from '../helpers/signalingArbitraries.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { API_KEY, OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type VisitOptions } from '../helpers/Visitors.ts';

/** `FUZZ_SEED=… ` repeats a run. */
const seed = Number(env.FUZZ_SEED ?? randomInt(2 ** 31));

describe(`signaling under random attacks (seed ${seed})`, () => {
  let node: TestServer;
  let pids: number[];
  let bystanders: Bystanders;
  const visitors = new Visitors(() => node);
  const faults: unknown[] = [];
  const noteFault = (error: unknown) => faults.push(error);
  const property = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number, test: (value: T) => Promise<void>) =>
    fc.assert(fc.asyncProperty(arbitrary, test), { seed, numRuns, interruptAfterTimeLimit: 8_000, endOnFailure: true });
  const metric = async (series: string) =>
    (await (await fetch(`${node.url}/metrics`)).text()).split('\n').filter((line) => line.startsWith(series));

  before(async () => {
    node = await startTestServer({
      media: { workers: 2, basePort: 0, listenIps: ['127.0.0.1'], consumersPerRouter: 8 },
      // Who is cut off makes place at once.
      signaling: { resumeTimeoutMs: 0 },
    });
    pids = node.server.pool.workers.map(({ pid }) => pid);
    process.on('unhandledRejection', noteFault);
    process.on('uncaughtExceptionMonitor', noteFault);
    await node.server.registry.createRoom(API_KEY, { name: 'lobby', lobby: true });
    bystanders = await Bystanders.gather(node, visitors, [
      { room: 'tea' },
      { room: 'cellar' },
      { room: 'lobby' },
      { room: 'tea', apiKey: OTHER_KEY, apiSecret: OTHER_SECRET },
    ]);
  });
  afterEach(async () => {
    await bystanders.expectUntouched();
    expect(faults, 'rejections and exceptions that nobody handled').to.be.empty;
    expect(node.server.pool.workers.map(({ pid }) => pid)).to.deep.equal(pids);
    expect(await metric('chaxi_errors_total{code="internal"}')).to.be.empty;
    expect(({} as { admin?: unknown }).admin).to.equal(undefined);
    const { client, snapshot } = await visitors.join('newcomer', { room: 'cellar' });
    expect(snapshot.participants).to.have.length(2);
    await client.request('leave', {});
    await bystanders.forgetVisitors();
  });
  after(async () => {
    process.off('unhandledRejection', noteFault);
    process.off('uncaughtExceptionMonitor', noteFault);
    visitors.clear();
    await node.close();
  });

  /** Every answer is data or an error of the table; only a session that is over leaves requests without one. */
  const expectAnswers = async (client: SignalingClient, requests: readonly AnyRequest[]) => {
    const sent = requests.map(({ method, data }) => client.rawRequest(method, data));
    for (const [index, answer] of (await Promise.allSettled(sent)).entries()) {
      if (answer.status === 'fulfilled') {
        expect(answer.value).to.be.an('object');
      } else if (answer.reason instanceof ChaxiError) {
        expect(isErrorCode(answer.reason.code)).to.equal(true);
        expect(answer.reason.code, JSON.stringify(requests[index])?.slice(0, 500)).to.not.equal('internal');
      } else {
        expect(requests.map(({ method }) => method)).to.include.oneOf(['leave', 'removeParticipant']);
      }
    }
  };
  const attacker = fc.record({
    role: fc.constantFrom<Role>('guest', 'expert', 'observer'),
    room: fc.constantFrom('tea', 'lobby'),
    hello: fc.constantFrom<Partial<Hello>>(
      {},
      { intent: 'prepare', media: false },
      { intent: 'prepare', media: true },
      { routerRtpCapabilitiesId: 'another' },
    ),
  });
  const attack = async (options: VisitOptions, requests: readonly AnyRequest[]) => {
    const { client, snapshot } = await visitors.join(`attacker ${randomInt(2 ** 40)}`, options);
    const { media, self } = snapshot;
    const ids: Ids = {
      participants: [self.participantId],
      transports: [media?.send?.id ?? [], media?.recv?.id ?? []].flat(),
      producers: [],
      consumers: (media?.consumers ?? []).map(({ consumerId }) => consumerId),
      stills: [],
    };
    await expectAnswers(client, withOwnIds(requests, ids));
    client.cut();
  };
  /** Stand for the attacker's own ids, which are known only when it has joined. */
  const OWN: Ids = {
    participants: ['own participants 0'],
    transports: ['own transports 0', 'own transports 1'],
    producers: ['own producers 0'],
    consumers: ['own consumers 0', 'own consumers 1'],
    stills: ['own stills 0'],
  };
  const withOwnIds = (requests: readonly AnyRequest[], ids: Ids) =>
    JSON.parse(
      JSON.stringify(requests).replace(/"own (\w+) (\d)"/g, (text, kind: keyof Ids, index: string) =>
        JSON.stringify(ids[kind][Number(index)] ?? text),
      ),
    ) as AnyRequest[];
  const NOBODYS: Ids = {
    participants: ['unknown', '__proto__'],
    transports: ['unknown', '__proto__'],
    producers: ['unknown', 'constructor'],
    consumers: ['unknown', 'constructor'],
    stills: ['unknown', '../../chaxi.sqlite'],
  };

  it('answers every request with data or a code, whatever is in it and in whatever stage', async () => {
    const request = anyRequest(mergeIds(bystanders.ids(), OWN, NOBODYS));
    const drawn = fc.tuple(attacker, fc.array(request, { minLength: 10, maxLength: 40 }));
    await property(drawn, 80, ([options, requests]) => attack(options, requests));
  });

  it('answers valid requests in any order and all at once', async () => {
    const request = validRequest(mergeIds(OWN, NOBODYS));
    const drawn = fc.tuple(attacker, fc.array(request, { minLength: 5, maxLength: 60 }));
    await property(drawn, 60, ([options, requests]) => attack(options, requests));
  });

  it('lets no guest do anything to others in the same room', async () => {
    const request = validRequest(bystanders.ids(0));
    const drawn = fc.tuple(attacker, fc.array(request, { minLength: 20, maxLength: 40 }));
    await property(drawn, 40, ([options, requests]) => attack({ ...options, room: 'tea' }, requests));
  });

  it('lets no host do anything in another room', async () => {
    const requests = fc.array(validRequest(bystanders.ids(1, 2, 3)), { minLength: 20, maxLength: 40 });
    // Which they may lock, and give rules that stay.
    await property(requests, 40, (drawn) => attack({ role: 'host', room: 'attic' }, drawn));
  });

  it('takes no notice of what is no message', async () => {
    const frames = fc.array(
      fc.oneof(
        noMessage,
        noMessage.map((text) => Buffer.from(text)),
      ),
      { maxLength: 30 },
    );
    await property(frames, 60, async (drawn) => {
      const { client } = await visitors.join(`attacker ${randomInt(2 ** 40)}`);
      const answers: number[] = [];
      for (const id of [1, 0, -1, 2 ** 53]) client.onAnswer(id, () => answers.push(id));
      for (const frame of drawn) client.send(frame);
      client.onAnswer(77, () => answers.push(77));
      client.send('{"request":true,"id":77,"method":"nonsense"}');
      await client.request('setMetadata', { metadata: 'still here' }).catch(() => {});
      expect(answers.filter((id) => id !== 1)).to.deep.equal([77]);
      client.cut();
    });
  });

  it('reads messages that come in pieces', async () => {
    const cuts = fc.array(fc.nat(100), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));
    await property(cuts, 30, async (drawn) => {
      const { client } = await visitors.join(`attacker ${randomInt(2 ** 40)}`);
      const text = JSON.stringify({
        request: true,
        id: 900,
        method: 'setMetadata',
        data: { metadata: 'x'.repeat(40) },
      });
      const answered = new Promise<Record<string, unknown>>((resolve) => client.onAnswer(900, resolve));
      client.sendFragments([0, ...drawn].map((start, index) => text.slice(start, drawn[index] ?? text.length)));
      expect(await answered).to.include({ ok: true });
      client.cut();
    });
  });

  it('answers each of several requests with the same id', async () => {
    const { client } = await visitors.join('attacker');
    let answers = 0;
    client.onAnswer(5, () => (answers += 1));
    for (let count = 0; count < 20; count += 1) {
      client.send(JSON.stringify({ request: true, id: 5, method: ['join', 'nonsense', 'restartIce'][count % 3] }));
    }
    // Answers may overtake one another, so this asks for what takes longest last.
    await client.request('join', {});
    await client.request('produce', { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(77) });
    expect(answers).to.equal(20);
    client.cut();
  });

  it('keeps its workers whatever RTP parameters reach them', async () => {
    const subscriber = await visitors.join('subscriber', { room: 'arena' });
    const tracks = fc.array(fc.tuple(fc.boolean(), hostileRtpParameters), { minLength: 4, maxLength: 4 });
    const taken: string[] = [];
    const sources = ['camera', 'teaCloseUp', 'screen', 'microphone', 'screenAudio'] as const;
    await property(tracks, 150, async (drawn) => {
      const { client } = await visitors.join(`attacker ${randomInt(2 ** 40)}`, { room: 'arena' });
      await expectAnswers(
        client,
        drawn.map(([, rtpParameters], index) => {
          expect(rtpParametersSchema.safeParse(rtpParameters).success).to.equal(true);
          const source = sources[index] ?? 'camera';
          const kind = source === 'microphone' ? 'audio' : 'video';
          return { method: 'produce', data: { kind, source, rtpParameters } };
        }),
      );
      const { self } = await client.request('join', {});
      taken.push(...self.tracks.map(({ producerId }) => producerId));
      client.cut();
    });
    // Those that mediasoup took were carried on to others.
    expect(taken).to.not.be.empty;
    await subscriber.client.notification('newConsumer');
    subscriber.client.cut();
  });

  it('keeps its workers whatever a client says that it can receive', async () => {
    const arena = await visitors.join('publisher', { room: 'arena', role: 'host' });
    await arena.client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(4_000) });
    const { rtpCapabilities } = fixtureHello();
    const mess = spoiled(rtpCapabilities as unknown as Json);
    await property(fc.tuple(mess, mess), 60, async ([first, second]) => {
      const hello = { ...fixtureHello(), rtpCapabilities: first };
      const rawHello = deflateRawSync(JSON.stringify(hello)).toString('base64url');
      const client = await visitors.open(`attacker ${randomInt(2 ** 40)}`, { room: 'arena', rawHello });
      await client.firstWord();
      if (client.received('closed').length === 0) {
        await expectAnswers(client, [{ method: 'join', data: { rtpCapabilities: second } }]);
      } else {
        expect(['badRequest', 'messageTooLarge']).to.include((await client.refusal()).code);
      }
      client.cut();
    });
    arena.client.cut();
  });

  describe('at the door', () => {
    const encode = (value: unknown) => deflateRawSync(JSON.stringify(value)).toString('base64url');
    const helloes = fc.oneof(
      spoiled(fixtureHello() as unknown as Json).map(encode),
      junk.map(encode),
      fc.base64String({ maxLength: 2_000 }),
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.constant(encode(fixtureHello())),
      fc.constant(deflateRawSync(Buffer.alloc(8 * 1_024 * 1_024)).toString('base64url')),
    );

    it('refuses every bad upgrade with a code', async () => {
      const good = await node.token({ identity: 'door', room: 'arena' });
      const tokens = fc.oneof(fc.constant(good), fc.string(), fc.constant(good.slice(0, -3)), fc.constant(''));
      const versions = fc.oneof(
        { weight: 4, arbitrary: fc.constant('1') },
        fc.string(),
        fc.constantFrom('0', '2', '-1', '1.0'),
      );
      await property(fc.tuple(helloes, tokens, versions), 150, async ([rawHello, token, version]) => {
        // Beyond the size of the headers that the server reads there is no WebSocket to say so: 431.
        fc.pre(rawHello.length < 12_000);
        const client = await SignalingClient.open(node.url, token, { rawHello, version });
        const name = await client.firstWord();
        if (name === 'closed') expect((await client.refusal()).code).to.not.equal('internal');
        else expect(token).to.equal(good);
        client.cut();
      });
    });

    it('opens no session of another for a guessed secret', async () => {
      const victims = bystanders.sessions;
      const resume = fc.record({
        sessionId: fc.oneof(
          fc.constantFrom(...victims.map(({ sessionId }) => sessionId)),
          fc.string({ minLength: 1, maxLength: 64 }),
        ),
        secret: fc.oneof(
          fc.string({ minLength: 1, maxLength: 64 }),
          fc.constantFrom(
            ...victims.flatMap(({ resumeSecret }) => [
              resumeSecret.slice(1),
              `${resumeSecret}x`,
              resumeSecret.toLowerCase(),
            ]),
          ),
        ),
      });
      await property(resume, 60, async (drawn) => {
        const { client, snapshot } = await visitors.join(`thief ${randomInt(2 ** 40)}`, {
          room: 'arena',
          hello: { resume: drawn },
        });
        expect(snapshot.resumed).to.equal(false);
        client.cut();
      });
    });
  });
});
