import { expect } from 'chai';
import { mock } from 'node:test';
import type { Participant } from '../../../../server/rooms/Participant.ts';
import { SilenceWatch } from '../../../../server/rooms/quality/SilenceWatch.ts';

const SILENCE_MS = 6_000;

describe('the watch for reports that stay away', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  /** Someone of whom so many bytes come between two looks. */
  function make(bytesALook: () => number) {
    let bytes = 0;
    const fell: Participant[] = [];
    const receivedBytes = () => Promise.resolve((bytes += bytesALook()));
    const participant = { media: { receivedBytes } } as unknown as Participant;
    const watch = new SilenceWatch({ silenceMs: SILENCE_MS, fellSilent: (who) => fell.push(who) });
    return { watch, participant, fell };
  }

  async function pass(ms: number): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += 500) {
      mock.timers.tick(500);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('tells once of someone of whom nothing comes at all', async () => {
    const { watch, participant, fell } = make(() => 0);
    watch.expect(participant);
    await pass(SILENCE_MS - 500);
    expect(fell).to.deep.equal([]);
    await pass(500);
    expect(fell).to.deep.equal([participant]);
    await pass(5 * SILENCE_MS);
    expect(fell).to.have.length(1);
  });

  it('holds nothing against a page that only does not come to its reports, until nothing else comes either', async () => {
    let bytesALook = 100;
    const { watch, participant, fell } = make(() => bytesALook);
    watch.expect(participant);
    await pass(5 * SILENCE_MS);
    expect(fell).to.deep.equal([]);
    bytesALook = 0;
    await pass(SILENCE_MS);
    expect(fell).to.deep.equal([participant]);
  });

  it('begins anew with each report', async () => {
    const { watch, participant, fell } = make(() => 0);
    for (let reports = 0; reports < 5; reports++) {
      watch.expect(participant);
      await pass(SILENCE_MS - 500);
    }
    expect(fell).to.deep.equal([]);
  });

  it('takes media that are gone for silent', async () => {
    const { watch, participant, fell } = make(() => 0);
    Object.assign(participant.media!, { receivedBytes: () => Promise.reject(new Error('closed')) });
    watch.expect(participant);
    const none = { media: null } as unknown as Participant;
    watch.expect(none);
    await pass(SILENCE_MS);
    expect(fell).to.have.members([participant, none]);
  });

  it('tells nothing of who is forgotten, also in the midst of a look', async () => {
    let answer: (bytes: number) => void = () => undefined;
    const { watch, participant, fell } = make(() => 0);
    Object.assign(participant.media!, { receivedBytes: () => new Promise((resolve) => (answer = resolve)) });
    watch.expect(participant);
    await pass(SILENCE_MS / 2);
    watch.forget(participant);
    answer(0);
    await pass(2 * SILENCE_MS);
    expect(fell).to.deep.equal([]);
  });
});
