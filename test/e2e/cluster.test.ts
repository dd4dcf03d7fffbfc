import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { RedisServer } from '../helpers/RedisServer.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { ServerProcess } from '../helpers/ServerProcess.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('a tasting on a cluster', function () {
  this.timeout(90_000);
  let redis: RedisServer;
  let chromium: Chromium;
  const processes: ServerProcess[] = [];
  const pages: SdkPage[] = [];
  /** A node without a region of its own keeps rooms together. */
  const startNode = async (nodeId: string, region?: string) => {
    const node = new ServerProcess({
      CHAXI_REDIS_URL: redis.url,
      CHAXI_CLUSTER_SECRET: 'the-secret-that-the-nodes-of-the-tests-share',
      CHAXI_CLUSTER_NODE_ID: nodeId,
      ...(region ? { CHAXI_CLUSTER_REGION: region } : { CHAXI_CLUSTER_PLACEMENT: 'sticky' }),
    });
    processes.push(node);
    return { node, url: await node.url() };
  };
  const join = async ({ node, url }: { node: ServerProcess; url: string }, identity: string) => {
    const role = identity === 'host' ? 'host' : 'guest';
    const page = await SdkPage.join(chromium.browser, url, await node.token({ identity, role }), ['camera']);
    pages.push(page);
    return page;
  };
  const knows = async (url: string, count: number) => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return text.includes(`chaxi_cluster_nodes ${count}\n`);
  };

  const metric = async (url: string, name: string) => {
    const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n');
    const line = lines.find((candidate) => candidate.startsWith(`${name} `));
    return line && Number(line.slice(name.length));
  };

  before(async () => {
    redis = await RedisServer.start();
    chromium = await launchChromium();
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    for (const node of processes) node.kill('SIGKILL');
    await Promise.all(processes.splice(0).map((node) => node.ended()));
    await redis.command('FLUSHALL');
  });
  after(async () => {
    await chromium?.close();
    await redis?.close();
  });

  for (const [title, signal] of [
    ['is killed', 'SIGKILL'],
    ['is stopped', 'SIGTERM'],
  ] as const) {
    it(`goes on, on another node, when its own ${title}, with everyone and their pictures`, async () => {
      const [one, two] = [await startNode('one'), await startNode('two')];
      await waitFor('both nodes to know each other', () => knows(one.url, 2));
      const host = await join(one, 'host');
      const guest = await join(two, 'guest');
      await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
      await Promise.all([host, guest].map((page) => page.forgetEvents()));
      one.node.kill(signal);
      await Promise.all([host, guest].map((page) => page.waitForEvent('reconnected')));
      await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
      expect(await Promise.all([host, guest].map((page) => page.identities()))).to.deep.equal([['guest'], ['host']]);
      await one.node.ended();
      await waitFor('the one that is left to know that it is alone', () => knows(two.url, 1));
    });
  }

  it('is one tasting though its people are on two nodes, and stays one when a node is killed', async () => {
    const [fujian, paris] = [await startNode('one', 'fujian'), await startNode('two', 'paris')];
    await waitFor('both nodes to know each other', () => knows(fujian.url, 2));
    const host = await join(fujian, 'host');
    const guest = await join(fujian, 'guest');
    const expert = await join(paris, 'expert');
    const everyone = [host, guest, expert];
    const sees = (page: SdkPage, others: string[]) =>
      Promise.all(others.map((identity) => page.waitForMovingVideo(identity, 'camera')));
    await Promise.all([
      sees(host, ['guest', 'expert']),
      sees(guest, ['host', 'expert']),
      sees(expert, ['host', 'guest']),
    ]);
    expect(await metric(fujian.url, 'chaxi_participants{role="host",stage="joined"}')).to.equal(1);
    expect(await metric(paris.url, 'chaxi_participants{role="host",stage="joined"}'), 'not there').to.equal(undefined);
    await Promise.all(everyone.map((page) => page.forgetEvents()));
    fujian.node.kill('SIGKILL');
    await expert.waitForEvent('participantLeft');
    await Promise.all([host, guest].map((page) => page.waitForEvent('reconnected')));
    await Promise.all([
      sees(host, ['guest', 'expert']),
      sees(guest, ['host', 'expert']),
      sees(expert, ['host', 'guest']),
    ]);
    expect((await expert.identities()).sort()).to.deep.equal(['guest', 'host']);
  });
});
