import { expect } from 'chai';
import { Deferred } from '../../../../client-sdk/src/session/Deferred.ts';
import { StillCamera } from '../../../../client-sdk/src/stills/StillCamera.ts';
import type { PictureUpload } from '../../../../client-sdk/src/stills/uploadStill.ts';
import type { CapturedStill } from '../../../../client-sdk/src/devices/takeStill.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { Source } from '../../../../protocol/grants.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { silentLogger } from '../fakes/silentLogger.ts';

describe('the camera that takes stills for others', () => {
  const order = (stillId: string) => ({
    stillId,
    source: 'teaCloseUp' as const,
    upload: { path: `/stills/uploads/${stillId}`, token: `token-${stillId}`, maxBytes: 1_000, timeoutMs: 30_000 },
    requestedBy: { participantId: 'anna', name: 'Anna' },
  });
  const photograph = (change: Partial<CapturedStill> = {}): CapturedStill => ({
    blob: new Blob(['picture'], { type: 'image/jpeg' }),
    width: 640,
    height: 480,
    corrected: false,
    preview: null,
    ...change,
  });

  function make(
    capture: () => Promise<CapturedStill>,
    upload?: (picture: PictureUpload) => Promise<void>,
    fit?: (captured: CapturedStill, maxBytes: number) => Promise<Blob>,
  ) {
    const uploads: PictureUpload[] = [];
    const declined: string[] = [];
    const tracks = new Map<Source, { captureStill: typeof capture }>([['teaCloseUp', { captureStill: capture }]]);
    const camera = new StillCamera({
      serverUrl: () => 'wss://tea.example/chaxi',
      tracks: () => tracks,
      decline: (stillId, code) => Promise.resolve(declined.push(`${stillId} ${code}`)),
      logger: silentLogger,
      fit,
      upload: (picture) => {
        uploads.push(picture);
        return upload?.(picture) ?? Promise.resolve();
      },
    });
    return { camera, uploads, declined, tracks };
  }

  it('sends the picture to the given address with its token', async () => {
    const { camera, uploads } = make(() => Promise.resolve(photograph()));
    camera.take(order('s1'));
    const upload = await waitFor('the upload', () => uploads[0]);
    expect(upload.url).to.equal('https://tea.example/chaxi/stills/uploads/s1');
    expect(upload.token).to.equal('token-s1');
    expect(upload.timeoutMs).to.be.within(1, 30_000);
  });

  it('sends picture and preview to the node that waits for them, where one is named', async () => {
    const preview = new Blob(['small'], { type: 'image/jpeg' });
    const { camera, uploads } = make(() => Promise.resolve(photograph({ preview })));
    const { upload, ...rest } = order('s1');
    camera.take({ ...rest, upload: { ...upload, serverUrl: 'https://two.tea.example' } });
    await waitFor('both uploads', () => uploads.length === 2);
    const address = 'https://two.tea.example/stills/uploads/s1';
    expect(uploads.map(({ url }) => url)).to.deep.equal([`${address}/preview`, address]);
  });

  it('says so where the colours are corrected', async () => {
    const { camera, uploads } = make(() => Promise.resolve(photograph({ corrected: true })));
    camera.take(order('s1'));
    expect((await waitFor('the upload', () => uploads[0])).url).to.match(/\/s1\?corrected=1$/);
  });

  it('sends the preview first, in a part of the time, with the same token', async () => {
    const preview = new Blob(['small'], { type: 'image/jpeg' });
    const { camera, uploads } = make(() => Promise.resolve(photograph({ preview, corrected: true })));
    camera.take(order('s1'));
    await waitFor('both uploads', () => uploads.length === 2);
    expect(uploads.map(({ url }) => url.replace(/.*\/uploads\//, ''))).to.deep.equal(['s1/preview', 's1?corrected=1']);
    expect(uploads.map(({ token }) => token)).to.deep.equal(['token-s1', 'token-s1']);
    expect(uploads[0]?.blob).to.equal(preview);
    expect(uploads[0]?.timeoutMs).to.be.within(1, 7_500);
  });

  it('sends the picture whatever becomes of the preview', async () => {
    const { camera, uploads, declined } = make(
      () => Promise.resolve(photograph({ preview: new Blob(['small']) })),
      ({ url }) => (url.endsWith('/preview') ? Promise.reject(new ChaxiError('serverUnreachable')) : Promise.resolve()),
    );
    camera.take(order('s1'));
    await waitFor('both uploads', () => uploads.length === 2);
    expect(uploads[1]?.url).to.match(/\/s1$/);
    expect(declined).to.be.empty;
  });

  it('takes a still once, also when it is asked for again after a resume', async () => {
    const { camera, uploads } = make(() => Promise.resolve(photograph()));
    expect([camera.take(order('s1')), camera.take(order('s1')), camera.take(order('s2'))]).to.deep.equal([
      true,
      false,
      true,
    ]);
    await waitFor('both uploads', () => uploads.length === 2);
  });

  it('takes one photograph after the other, and goes on after one that failed', async () => {
    const captures: Deferred<CapturedStill>[] = [];
    const { camera, uploads, declined } = make(() => {
      captures.push(new Deferred<CapturedStill>());
      return captures.at(-1)!.promise;
    });
    camera.take(order('s1'));
    camera.take(order('s2'));
    await waitFor('the first photograph', () => captures.length === 1);
    captures[0]!.reject(new ChaxiError('invalidState'));
    await waitFor('the second photograph', () => captures.length === 2);
    captures[1]!.resolve(photograph());
    await waitFor('the upload', () => uploads.length === 1);
    expect(declined).to.deep.equal(['s1 cameraUnavailable']);
    expect(uploads[0]?.token).to.equal('token-s2');
  });

  it('declines where there is no such camera', async () => {
    const { camera, declined, tracks } = make(() => Promise.resolve(photograph()));
    tracks.clear();
    camera.take(order('s1'));
    await waitFor('the refusal', () => declined.length === 1);
    expect(declined).to.deep.equal(['s1 cameraUnavailable']);
  });

  for (const [failure, code] of [
    [new ChaxiError('serverUnreachable'), 'serverUnreachable'],
    [new ChaxiError('internal'), 'serverUnreachable'],
    [new ChaxiError('pictureTooLarge'), 'pictureTooLarge'],
    [new Error('The source image could not be decoded.'), 'cameraUnavailable'],
  ] as const) {
    it(`declines with ${code} where sending ends with ${failure.message}`, async () => {
      const { camera, declined } = make(
        () => Promise.resolve(photograph()),
        () => Promise.reject(failure),
      );
      camera.take(order('s1'));
      await waitFor('the refusal', () => declined.length === 1);
      expect(declined).to.deep.equal([`s1 ${code}`]);
    });
  }

  it('declines again when it is reminded: the first word may be lost with the socket', async () => {
    const { camera, declined, tracks } = make(() => Promise.resolve(photograph()));
    tracks.clear();
    camera.take(order('s1'));
    await waitFor('the refusal', () => declined.length === 1);
    expect(camera.take(order('s1'))).to.equal(false);
    expect(declined).to.deep.equal(['s1 cameraUnavailable', 's1 cameraUnavailable']);
  });

  it('sends one picture after the other, also after one that failed', async () => {
    const sending = new Deferred();
    let captures = 0;
    const { camera, uploads, declined } = make(
      () => {
        captures += 1;
        return Promise.resolve(photograph());
      },
      () => (uploads.length === 1 ? sending.promise : Promise.resolve()),
    );
    camera.take(order('s1'));
    camera.take(order('s2'));
    await waitFor('both photographs', () => captures === 2);
    await new Promise(setImmediate);
    expect(uploads).to.have.length(1);
    sending.reject(new ChaxiError('serverUnreachable'));
    await waitFor('the second upload', () => uploads.length === 2);
    expect(uploads.map(({ token }) => token)).to.deep.equal(['token-s1', 'token-s2']);
    expect(declined).to.deep.equal(['s1 serverUnreachable']);
  });

  it('sends what fits the server, and tries the preview but once and shortly', async () => {
    const fitted = new Blob(['fitted']);
    const preview = new Blob(['preview']);
    const { camera, uploads } = make(
      () => Promise.resolve(photograph({ preview })),
      () => (uploads.length === 1 ? Promise.reject(new ChaxiError('serverUnreachable')) : Promise.resolve()),
      (captured, maxBytes) => Promise.resolve(maxBytes === 1_000 && captured.preview === preview ? fitted : new Blob()),
    );
    camera.take(order('s1'));
    await waitFor('both uploads', () => uploads.length === 2);
    expect(uploads.map(({ blob }) => blob)).to.deep.equal([preview, fitted]);
    expect(uploads.map(({ once }) => once ?? false)).to.deep.equal([true, false]);
    expect(uploads[0]!.timeoutMs).to.be.at.most(2_000);
    expect(uploads[1]!.timeoutMs).to.be.above(2_000);
  });

  it('sends and says nothing any more when the room is left', async () => {
    const capture = new Deferred<CapturedStill>();
    const { camera, uploads, declined } = make(() => capture.promise);
    camera.take(order('s1'));
    camera.close();
    capture.resolve(photograph());
    await capture.promise;
    await new Promise(setImmediate);
    expect(uploads).to.deep.equal([]);
    expect(declined).to.deep.equal([]);
  });
});
