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
  const startNode = async (nodeId: string) => {
    const node = new ServerProcess({
      CHAXI_REDIS_URL: redis.url,
      CHAXI_CLUSTER_SECRET: 'the-secret-that-the-nodes-of-the-tests-share',
      CHAXI_CLUSTER_NODE_ID: nodeId,
      CHAXI_CLUSTER_PLACEMENT: 'sticky',
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
});
