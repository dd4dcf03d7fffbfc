import { expect } from 'chai';
import { mock } from 'node:test';
import type { WantedBitrate } from '../../../../client-sdk/src/media/wantedBitrate.ts';
import { NetworkReporter } from '../../../../client-sdk/src/session/NetworkReporter.ts';
import { NETWORK_REPORT_INTERVAL_MS } from '../../../../protocol/constants.ts';
import type { NetworkReport } from '../../../../protocol/networkReport.ts';
import { useBrowser } from '../fakes/browser.ts';
import { silentLogger } from '../fakes/silentLogger.ts';

const nothing: NetworkReport = { up: null, down: null };

describe('the reporter of the network', () => {
  const { document } = useBrowser();
  let reporter: NetworkReporter | undefined;

  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => {
    reporter?.close();
    mock.timers.reset();
  });

  function make() {
    const asked = { times: 0 };
    const state = { ready: true, wanted: null as WantedBitrate | null, receiving: true };
    const getStats = () => {
      asked.times += 1;
      return Promise.resolve(new Map());
    };
    const transport = { state: 'connected', broken: false, transport: { closed: false, getStats } } as const;
    const sent: NetworkReport[] = [];
    reporter = new NetworkReporter({
      logger: silentLogger,
      link: { send: transport, recv: transport },
      isReady: () => state.ready,
      wanted: () => state.wanted,
      isReceiving: () => state.receiving,
      send: (report) => sent.push(report),
    });
    reporter.start();
    return {
      asked,
      sent,
      state,
      made: reporter,
      flows: () => sent.map(({ up, down }) => [up !== null, down !== null]),
    };
  }

  async function pass(intervals = 1): Promise<void> {
    for (let interval = 0; interval < intervals; interval++) {
      mock.timers.tick(NETWORK_REPORT_INTERVAL_MS);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('reports each interval what flows, with one reading for each transport', async () => {
    const { asked, state, flows } = make();
    await pass();
    state.wanted = { bps: 0, heldBackBps: 0 };
    await pass();
    expect(flows()).to.deep.equal([
      [false, true],
      [true, true],
    ]);
    expect(asked.times).to.equal(3);
  });

  it('says once that nothing flows any more, and reads nothing until something does', async () => {
    const { asked, sent, state } = make();
    await pass();
    state.receiving = false;
    await pass(3);
    expect(sent.slice(1)).to.deep.equal([nothing]);
    expect(asked.times).to.equal(1);
    state.receiving = true;
    await pass();
    expect(sent).to.have.length(3);
  });

  it('says nothing where nothing has flowed', async () => {
    const { sent, state } = make();
    state.receiving = false;
    await pass(3);
    expect(sent).to.deep.equal([]);
  });

  it('says nothing without a socket, and goes on with the next one', async () => {
    const { sent, state } = make();
    state.ready = false;
    await pass(2);
    expect(sent).to.deep.equal([]);
    state.ready = true;
    await pass();
    expect(sent).to.have.length(1);
  });

  it('tells that it pauses when the page is frozen', async () => {
    const { sent } = make();
    await pass();
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('freeze'));
    expect(sent.slice(1)).to.deep.equal([nothing]);
  });

  it('is started once, and is silent when it is closed, also in the midst of a reading', async () => {
    const { asked, sent, made } = make();
    made.start();
    await pass();
    expect(asked.times).to.equal(1);
    mock.timers.tick(NETWORK_REPORT_INTERVAL_MS);
    made.close();
    made.start();
    await pass(2);
    document.dispatchEvent(new Event('freeze'));
    expect(sent).to.have.length(1);
  });
});
