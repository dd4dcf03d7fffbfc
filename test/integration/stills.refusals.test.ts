import { expect } from 'chai';
import { limits } from '../../protocol/limits.ts';
import { jpegPicture } from '../helpers/pictures.ts';
import { videoParameters } from '../helpers/rtpFixtures.ts';
import { sendPicture, showCup, takeStill } from '../helpers/stills.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor, type VisitOptions } from '../helpers/Visitors.ts';

describe('stills that do not come', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);

  before(async () => (node = await startTestServer()));
  afterEach(() => visitors.clear());
  after(() => node.close());

  const join = (identity: string, options: VisitOptions = {}) => visitors.join(identity, options);
  const joinHost = async () => {
    const host = await join('host', { role: 'host' });
    return { host, cup: await showCup(host) };
  };
  const requestsTo = ({ client }: Visitor) => client.received('stillRequested');

  describe('are refused', () => {
    it('to who has not the grant, and to the hidden whatever their grants', async () => {
      const { cup } = await joinHost();
      for (const options of [
        { role: 'observer' },
        { grants: { stills: false } },
        { grants: { subscribe: false } },
        { role: 'observer', grants: { stills: true } },
      ] as const) {
        const visitor = await join('visitor', options);
        expect(await visitor.client.refusalOf('requestStill', cup)).to.include({ code: 'notAllowed' });
      }
    });

    it('of someone who is not there, who waits, or who is in another room', async () => {
      const { host } = await joinHost();
      const stranger = await visitors.join('host', { role: 'host', room: 'elsewhere' });
      await showCup(stranger);
      const waiting = await join('waiting', { hello: { intent: 'prepare', media: false } });
      for (const participantId of ['nobody', stranger.participantId, waiting.participantId]) {
        const refusal = await host.client.refusalOf('requestStill', { participantId, source: 'teaCloseUp' });
        expect(refusal).to.include({ code: 'participantNotFound' });
      }
    });

    it('of what is not shown, of what is muted and of a screen', async () => {
      const { host, cup } = await joinHost();
      const guest = await join('guest');
      const refused = async (source: string) =>
        (await guest.client.refusalOf('requestStill', { participantId: host.participantId, source })).code;
      expect(await refused('camera')).to.equal('producerNotFound');
      expect(await refused('screen')).to.equal('badRequest');
      await host.client.request('setProducerPaused', { producerId: cup.producerId, paused: true });
      expect(await refused('teaCloseUp')).to.equal('cameraUnavailable');
      expect(requestsTo(host)).to.be.empty;
    });

    it('to who asks all the time, of which the camera hears nothing', async () => {
      const { host, cup } = await joinHost();
      const guest = await join('guest');
      const codes = await Promise.all(
        Array.from({ length: 1_000 }, () =>
          guest.client.request('requestStill', cup).then(
            () => 'taken',
            ({ code }: { code: string }) => code,
          ),
        ),
      );
      const burst = limits.stillsAskedBurst;
      expect(codes.slice(0, burst)).to.deep.equal(Array<string>(burst).fill('taken'));
      expect(codes.filter((code) => code === 'rateLimited')).to.have.length.above(900);
      expect(new Set(codes)).to.have.property('size', 2);
      await host.client.notification('stillRequested');
      expect(requestsTo(host)).to.have.length(1);
    });

    it('to who has not entered yet', async () => {
      const { cup } = await joinHost();
      const prepared = await join('guest', { hello: { intent: 'prepare', media: true } });
      for (const [method, data] of [
        ['requestStill', cup],
        ['listStills', {}],
        ['removeStill', { stillId: 'any' }],
      ] as const) {
        expect(await prepared.client.refusalOf(method, data)).to.include({ code: 'wrongStage' });
      }
    });
  });

  describe('though they were asked for', () => {
    it('are told with the reason that the camera gave', async () => {
      const { host, cup } = await joinHost();
      const guest = await join('guest');
      const { stillId } = await guest.client.request('requestStill', cup);
      const code = 'cameraUnavailable';
      expect(await guest.client.refusalOf('declineStill', { stillId, code })).to.include({ code: 'stillNotFound' });
      await host.client.request('declineStill', { stillId, code });
      expect(await guest.client.notification('stillFailed')).to.deep.equal({ stillId, code });
      expect(await host.client.refusalOf('declineStill', { stillId, code })).to.include({ code: 'stillNotFound' });
      expect(host.client.received('stillFailed')).to.be.empty;
    });

    it('are told when whose camera it is leaves', async () => {
      const { host, cup } = await joinHost();
      const guest = await join('guest');
      const { stillId } = await guest.client.request('requestStill', cup);
      const { upload } = await host.client.notification('stillRequested');
      await host.client.request('leave', {});
      const failed = await guest.client.notification('stillFailed');
      expect(failed).to.deep.equal({ stillId, code: 'participantNotFound' });
      expect((await sendPicture(node, upload)).status).to.equal(404);
    });

    it('end with the room, of which everyone hears as ever', async () => {
      const { host, cup } = await joinHost();
      const guest = await join('guest');
      await guest.client.request('requestStill', cup);
      const { upload } = await host.client.notification('stillRequested');
      await node.server.registry.closeRoom(API_KEY, 'tea');
      expect(await guest.client.refusal()).to.include({ code: 'roomClosed' });
      expect(guest.client.received('stillFailed')).to.be.empty;
      expect((await sendPicture(node, upload)).status).to.equal(404);
    });
  });

  describe('within limits', () => {
    let strict: TestServer;
    const people = new Visitors(() => strict);

    before(async () => (strict = await startTestServer({ stills: { maxPerRoom: 2, timeoutMs: 3_000 } })));
    afterEach(() => people.clear());
    after(() => strict.close());

    it('are told to have failed when the time is over, and can not be sent any more', async () => {
      const host = await people.join('host', { role: 'host' });
      const { stillId } = await host.client.request('requestStill', await showCup(host));
      const { upload } = await host.client.notification('stillRequested');
      expect(await host.client.notification('stillFailed')).to.deep.equal({ stillId, code: 'stillTimeout' });
      expect((await sendPicture(strict, upload)).status).to.equal(404);
    });

    it('are as many as the room may keep, those on their way too, until one is removed', async () => {
      const host = await people.join('host', { role: 'host' });
      const cup = await showCup(host);
      const { stillId } = await takeStill(strict, host, host);
      await takeStill(strict, host, host);
      expect(await host.client.refusalOf('requestStill', cup)).to.include({ code: 'stillsFull' });
      await host.client.request('removeStill', { stillId });
      const guest = await people.join('guest');
      const face = { participantId: guest.participantId, source: 'camera' } as const;
      await guest.client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(9) });
      await host.client.request('requestStill', face);
      expect(await host.client.refusalOf('requestStill', cup)).to.include({ code: 'stillsFull' });
    });

    it('are as many as an API key may keep bytes of, in all its rooms together, until one is removed', async () => {
      const small = await startTestServer({ stills: { maxBytesPerKey: 30_000 } });
      const visitors = new Visitors(() => small);
      try {
        const room = 'another';
        const [here, there] = [
          await visitors.join('host', { role: 'host' }),
          await visitors.join('host', { role: 'host', room }),
        ];
        const [cup, other] = [await showCup(here), await showCup(there)];
        const picture = jpegPicture({ sizeBytes: 20_000 });
        await takeStill(small, here, here, picture);
        const { stillId } = await takeStill(small, there, there, picture);
        for (const [{ client }, shown] of [
          [here, cup],
          [there, other],
        ] as const) {
          expect(await client.refusalOf('requestStill', shown)).to.include({ code: 'stillsFull' });
        }
        await there.client.request('removeStill', { stillId });
        await takeStill(small, here, here, picture);
      } finally {
        visitors.clear();
        await small.close();
      }
    });
  });
});
