import { expect } from 'chai';
import fc from 'fast-check';
import { Readable } from 'node:stream';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../../protocol/errorCodes.ts';
import type { StillInfo } from '../../../protocol/stills.ts';
import { ExpectedStill } from '../../../server/rooms/ExpectedStill.ts';
import type { Participant } from '../../../server/rooms/Participant.ts';
import type { StillArchive } from '../../../server/storage/StillArchive.ts';
import type { ReceivedPicture, StillPictures } from '../../../server/storage/StillFiles.ts';

/** What may happen to a still that is waited for, in any order. */
type Step =
  | { begin: 'picture' | 'preview' }
  | { arrive: number }
  | { refuse: number; code: 'badRequest' | 'pictureNotSupported' }
  | { fail: ErrorCode }
  | { keepFails: boolean };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ begin: fc.constantFrom('picture' as const, 'preview' as const) }) },
  { weight: 4, arbitrary: fc.record({ arrive: fc.nat(3) }) },
  fc.record({ refuse: fc.nat(3), code: fc.constantFrom('badRequest' as const, 'pictureNotSupported' as const) }),
  fc.record({ fail: fc.constantFrom<ErrorCode>('stillTimeout', 'participantNotFound') }),
  fc.record({ keepFails: fc.boolean() }),
);

interface Upload {
  arrive(): void;
  refuse(error: ChaxiError): void;
}

/** Keeps nothing; says what became of each picture that arrived. */
class FakeArchive {
  readonly uploads: Upload[] = [];
  readonly arrived: ReceivedPicture[] = [];
  readonly discarded: ReceivedPicture[] = [];
  readonly kept: StillPictures<ReceivedPicture>[] = [];
  keepFails = false;

  receive(body: Readable, kind: 'picture' | 'preview'): Promise<ReceivedPicture> {
    return new Promise((resolve, reject) => {
      let over = false;
      body.once('close', () => (over = true)).once('error', reject);
      this.uploads.push({
        refuse: (error) => {
          over = true;
          reject(error);
        },
        arrive: () => {
          if (over) return;
          over = true;
          const file = `${kind} ${this.arrived.length}`;
          const picture: ReceivedPicture = { file, mimeType: 'image/jpeg', width: 1, height: 1, sizeBytes: 1 };
          this.arrived.push(picture);
          resolve(picture);
        },
      });
    });
  }

  discard(picture: ReceivedPicture): Promise<void> {
    this.discarded.push(picture);
    return Promise.resolve();
  }

  keep(pictures: StillPictures<ReceivedPicture>): Promise<StillInfo> {
    this.kept.push(pictures);
    if (this.keepFails) return Promise.reject(new ChaxiError('storageUnavailable'));
    return Promise.resolve({ stillId: 'kept' } as StillInfo);
  }
}

function expectStill() {
  const archive = new FakeArchive();
  const outcomes: (StillInfo | ErrorCode)[] = [];
  const person = {
    info: { participantId: 'p', identity: 'host', name: 'Host' },
    claims: { sub: 'host' },
  } as unknown as Participant;
  const still = new ExpectedStill({
    stillId: 's',
    room: { tenant: 'shop', room: 'tea' },
    publisher: person,
    source: 'teaCloseUp',
    requestedBy: person.info,
    serverUrl: undefined,
    archive: archive as unknown as StillArchive,
    maxBytes: 1,
    timeoutMs: 60_000,
    onEnd: (outcome) => outcomes.push(outcome),
  });
  return { archive, outcomes, still };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a still that is waited for', () => {
  it('ends once, and leaves no picture that is neither kept nor discarded, whatever comes in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 25 }), async (list) => {
        const { archive, outcomes, still } = expectStill();
        for (const step of list) {
          if ('begin' in step) {
            const body = new Readable({ read() {} });
            const sent = step.begin === 'picture' ? still.receive(body, false) : still.receivePreview(body);
            sent.catch(() => undefined);
          } else if ('arrive' in step) {
            archive.uploads.at(-1 - step.arrive)?.arrive();
          } else if ('refuse' in step) archive.uploads.at(-1 - step.refuse)?.refuse(new ChaxiError(step.code));
          else if ('fail' in step) still.fail(step.fail);
          else archive.keepFails = step.keepFails;
          await settled();
          expect(archive.kept.length).to.be.at.most(1);
        }
        still.fail('stillTimeout');
        await settled();
        expect(outcomes).to.have.length(1);
        const kept = archive.kept.flatMap(({ picture, preview }) => (preview ? [picture, preview] : [picture]));
        expect([...kept, ...archive.discarded]).to.have.members(archive.arrived);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the preview that came last, and the picture without one that is late', async () => {
    const { archive, still, outcomes } = expectStill();
    const send = (kind: 'picture' | 'preview') => {
      const body = new Readable({ read() {} });
      const sent = kind === 'picture' ? still.receive(body, true) : still.receivePreview(body);
      sent.catch(() => undefined);
      return archive.uploads.at(-1)!;
    };
    send('preview').arrive();
    await settled();
    send('preview').arrive();
    await settled();
    send('picture').arrive();
    await settled();
    expect(archive.kept.map(({ preview }) => preview?.file)).to.deep.equal(['preview 1']);
    expect(archive.discarded.map(({ file }) => file)).to.deep.equal(['preview 0']);
    expect(outcomes).to.have.length(1);
  });

  it('does not wait for its preview', async () => {
    const { archive, still } = expectStill();
    const late = new Readable({ read() {} });
    const refused = still.receivePreview(late).catch((error: ChaxiError) => error.code);
    void still.receive(new Readable({ read() {} }), false);
    archive.uploads.at(-1)!.arrive();
    await settled();
    expect(archive.kept[0]?.preview).to.equal(null);
    expect(late.destroyed).to.equal(true);
    expect(await refused).to.equal('stillNotFound');
  });
});
