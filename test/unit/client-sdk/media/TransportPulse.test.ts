import { expect } from 'chai';
import { TransportPulse } from '../../../../client-sdk/src/media/TransportPulse.ts';
import { usePageClock } from '../fakes/pageClock.ts';
import { statsReport } from '../fakes/statsReport.ts';

describe('TransportPulse', () => {
  const { pass, passUntil } = usePageClock();
  const made: TransportPulse[] = [];
  afterEach(() => {
    for (const pulse of made.splice(0)) pulse.close();
  });

  /** What arrives is counted up with each look as long as `flows` says so. */
  function make(flows: { media: boolean; answers: boolean | undefined }) {
    let [bytes, answers, looks] = [0, 0, 0];
    const paths: string[] = [];
    const pulse = new TransportPulse({
      getStats: () => {
        looks++;
        if (flows.media) bytes += 100;
        if (flows.answers) answers++;
        return Promise.resolve(
          statsReport([
            {
              type: 'candidate-pair',
              bytesReceived: bytes,
              responsesReceived: flows.answers === undefined ? undefined : answers,
              selected: true,
              currentRoundTripTime: 0.08,
            },
          ]),
        );
      },
      changed: (path) => void paths.push(path),
    });
    made.push(pulse);
    pulse.start();
    const looksMore = (count: number) => {
      const until = looks + count;
      return passUntil(`${count} more looks`, () => looks >= until);
    };
    return { pulse, paths, looksMore };
  }

  it('doubts a path on which steady media stops, and believes in it again when it flows', async () => {
    const flows = { media: true, answers: false };
    const { pulse, paths, looksMore } = make(flows);
    await looksMore(7);
    expect(paths).to.deep.equal([]);
    expect(pulse.rttMs).to.equal(80);
    flows.media = false;
    await passUntil('the doubt', () => pulse.path === 'doubtful');
    flows.media = true;
    await passUntil('that it is alive', () => pulse.path === 'alive');
    expect(paths).to.deep.equal(['doubtful', 'alive']);
  });

  it('holds a path on which nothing flows but the answers of ICE for alive, and one without them for dead', async () => {
    const flows = { media: false, answers: true };
    const { pulse, paths, looksMore } = make(flows);
    await looksMore(5);
    expect(paths).to.deep.equal([]);
    flows.answers = false;
    await passUntil('its death', () => pulse.path === 'dead');
    expect(paths).to.deep.equal(['doubtful', 'dead']);
  });

  it('believes in a path again whose media was only muted, where the browser does not count the answers of ICE', async () => {
    const flows = { media: true, answers: undefined };
    const { pulse, paths, looksMore } = make(flows);
    await looksMore(7);
    flows.media = false;
    await passUntil('the doubt', () => pulse.path === 'doubtful');
    await passUntil('the end of it', () => pulse.path === 'alive');
    await looksMore(5);
    expect(paths).to.deep.equal(['doubtful', 'alive']);
  });

  it('hears nothing in it when the browser forgets old paths', async () => {
    let bytesReceived = 1_000;
    const pulse = new TransportPulse({
      getStats: () =>
        Promise.resolve(
          statsReport([{ type: 'candidate-pair', bytesReceived: bytesReceived--, responsesReceived: bytesReceived }]),
        ),
      changed: () => undefined,
    });
    made.push(pulse);
    pulse.start();
    await passUntil('the doubt', () => pulse.path === 'doubtful');
  });

  it('is silent when it is closed, also in the midst of a look', async () => {
    let answer: (report: RTCStatsReport) => void = () => undefined;
    let asked = 0;
    let told = 0;
    const pulse = new TransportPulse({
      getStats: () => (asked++, new Promise((resolve) => (answer = resolve))),
      looked: () => told++,
      changed: () => told++,
    });
    pulse.start();
    pulse.start();
    await passUntil('a look', () => asked > 0);
    pulse.close();
    answer(statsReport([]));
    await pass(5_000);
    expect([asked, told]).to.deep.equal([1, 0]);
  });

  it('goes on after statistics that can not be had', async () => {
    let asked = 0;
    const pulse = new TransportPulse({
      getStats: () => (asked++, Promise.reject(new Error('closed'))),
      changed: () => undefined,
    });
    made.push(pulse);
    pulse.start();
    await passUntil('another look', () => asked > 1);
  });
});
