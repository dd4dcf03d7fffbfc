import { expect } from 'chai';
import { Stills } from '../../../../client-sdk/src/stills/Stills.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { StillInfo } from '../../../../protocol/stills.ts';
import { recordEvents } from '../fakes/recordEvents.ts';
import { rejection } from '../fakes/rejection.ts';
import { silentLogger } from '../fakes/silentLogger.ts';

describe('the stills of a stay', () => {
  const made: Stills[] = [];
  afterEach(() => {
    for (const stills of made.splice(0)) stills.close();
  });

  const info = (stillId: string): StillInfo => ({
    stillId,
    path: `/stills/key-of-${stillId}`,
    previewPath: `/stills/preview-of-${stillId}`,
    mimeType: 'image/jpeg',
    width: 640,
    height: 480,
    sizeBytes: 1_000,
    takenAt: 1,
    source: 'teaCloseUp',
    takenFrom: { identity: 'mei', name: 'Mei' },
    requestedBy: { identity: 'anna', name: 'Anna' },
    colorCorrected: false,
  });

  /** A server that answers each request as the test says. */
  function make(answers: Record<string, unknown>) {
    const { emit, names, args } = recordEvents();
    const sent: [method: string, data: unknown][] = [];
    const stills = new Stills({
      serverUrl: () => 'https://tea.example',
      tracks: () => new Map(),
      request: (method, data) => {
        sent.push([method, data]);
        const answer = answers[method];
        return answer instanceof Error ? Promise.reject(answer) : (Promise.resolve(answer) as Promise<never>);
      },
      emit,
      logger: silentLogger,
    });
    made.push(stills);
    return { stills, names, args, sent };
  }

  it('resolves a request when the still is there, with the whole address of its picture', async () => {
    const { stills, names, sent } = make({ requestStill: { stillId: 's1', timeoutMs: 30_000 } });
    const asked = stills.request('mei', 'teaCloseUp');
    await Promise.resolve();
    stills.handleAdded(info('s0'));
    stills.handleAdded(info('s1'));
    const still = await asked;
    expect(still).to.include({
      stillId: 's1',
      url: 'https://tea.example/stills/key-of-s1',
      previewUrl: 'https://tea.example/stills/preview-of-s1',
    });
    expect(still).to.not.have.any.keys('path', 'previewPath');
    expect(names).to.deep.equal(['stillAdded', 'stillAdded']);
    expect(sent).to.deep.equal([['requestStill', { participantId: 'mei', source: 'teaCloseUp' }]]);
  });

  it('says of a still that another node has the address there', async () => {
    const far = { ...info('s1'), serverUrl: 'https://two.tea.example' };
    const { stills } = make({ listStills: { stills: [far, { ...far, previewPath: null }] } });
    const [still, plain] = await stills.list({});
    expect(still).to.include({
      url: 'https://two.tea.example/stills/key-of-s1',
      previewUrl: 'https://two.tea.example/stills/preview-of-s1',
    });
    expect(still).to.not.have.any.keys('serverUrl');
    expect(plain?.previewUrl).to.equal(null);
  });

  it('gives the same still to all who wait for it', async () => {
    const { stills } = make({ requestStill: { stillId: 's1', timeoutMs: 30_000 } });
    const asked = [stills.request('mei', 'teaCloseUp'), stills.request('mei', 'teaCloseUp')];
    await Promise.resolve();
    stills.handleAdded(info('s1'));
    expect((await Promise.all(asked)).map(({ stillId }) => stillId)).to.deep.equal(['s1', 's1']);
  });

  it('rejects with what the server says, also in a word that this SDK does not know', async () => {
    const { stills } = make({ requestStill: { stillId: 's1', timeoutMs: 30_000 } });
    const asked = stills.request('mei', 'teaCloseUp');
    await Promise.resolve();
    stills.handleFailed({ stillId: 's1', code: 'cameraUnavailable' });
    expect((await rejection(asked)).code).to.equal('cameraUnavailable');
    const again = stills.request('mei', 'teaCloseUp');
    await Promise.resolve();
    stills.handleFailed({ stillId: 's1', code: 'fromTheFuture' });
    expect((await rejection(again)).code).to.equal('internal');
    const refused = make({ requestStill: new ChaxiError('notAllowed') });
    expect((await rejection(refused.stills.request('mei', 'teaCloseUp'))).code).to.equal('notAllowed');
  });

  it('finds a still that came while the socket was away', async () => {
    const { stills, sent } = make({
      requestStill: { stillId: 's1', timeoutMs: 30_000 },
      listStills: { stills: [info('s2'), info('s1')] },
    });
    const asked = stills.request('mei', 'teaCloseUp');
    await Promise.resolve();
    await stills.catchUp();
    expect((await asked).stillId).to.equal('s1');
    await stills.catchUp();
    expect(sent.filter(([method]) => method === 'listStills')).to.have.length(1);
  });

  it('goes on waiting where it has not come yet, or the list can not be had', async () => {
    for (const listStills of [{ stills: [info('s0')] }, new ChaxiError('storageUnavailable')]) {
      const { stills } = make({ requestStill: { stillId: 's1', timeoutMs: 30_000 }, listStills });
      const asked = stills.request('mei', 'teaCloseUp');
      await Promise.resolve();
      await stills.catchUp();
      stills.handleAdded(info('s1'));
      expect((await asked).stillId).to.equal('s1');
    }
  });

  it('rejects whoever waits when the room is left', async () => {
    const { stills } = make({ requestStill: { stillId: 's1', timeoutMs: 30_000 } });
    const asked = stills.request('mei', 'teaCloseUp');
    await Promise.resolve();
    stills.close();
    expect((await rejection(asked)).code).to.equal('invalidState');
  });

  it('refuses at once whoever hears of the still after the room was left', async () => {
    const { stills } = make({ requestStill: { stillId: 's1', timeoutMs: 30_000 } });
    const asked = stills.request('mei', 'teaCloseUp');
    stills.close();
    expect((await rejection(asked)).code).to.equal('invalidState');
  });

  it('lists and removes', async () => {
    const { stills, sent } = make({ listStills: { stills: [info('s1')] }, removeStill: {} });
    const listed = await stills.list({ before: 's2', limit: 10 });
    expect(listed.map(({ url }) => url)).to.deep.equal(['https://tea.example/stills/key-of-s1']);
    await stills.remove('s1');
    expect(sent).to.deep.equal([
      ['listStills', { before: 's2', limit: 10 }],
      ['removeStill', { stillId: 's1' }],
    ]);
  });

  it('tells of a request for an own camera once, and of a removal', () => {
    const { stills, names, args } = make({ declineStill: {} });
    const order = {
      stillId: 's1',
      source: 'teaCloseUp' as const,
      upload: { path: '/stills/uploads/s1', token: 'token', maxBytes: 1, timeoutMs: 1_000 },
      requestedBy: { participantId: 'p1', name: 'Anna' },
    };
    stills.handleRequested(order);
    stills.handleRequested(order);
    stills.handleRemoved('s0');
    expect(names).to.deep.equal(['stillRequested', 'stillRemoved']);
    const { stillId, source, requestedBy } = order;
    expect(args).to.deep.equal([[{ stillId, source, requestedBy }], ['s0']]);
  });
});
