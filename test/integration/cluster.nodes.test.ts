import { expect } from 'chai';
import { runCli } from '../../server/cli.ts';
import { ServerProcess } from '../helpers/ServerProcess.ts';
import { RedisServer } from '../helpers/RedisServer.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { waitFor } from '../helpers/waitFor.ts';

const SECRET = 'the-secret-that-the-nodes-of-the-tests-share';

describe('the nodes of a cluster', function () {
  this.timeout(60_000);
  let redis: RedisServer;
  const processes: ServerProcess[] = [];
  const env = () => ({ CHAXI_REDIS_URL: redis.url, CHAXI_CLUSTER_SECRET: SECRET });
  const startNode = async (nodeId: string, extra: NodeJS.ProcessEnv = {}) => {
    const node = new ServerProcess({ ...env(), CHAXI_CLUSTER_NODE_ID: nodeId, ...extra });
    processes.push(node);
    return { node, url: await node.url() };
  };
  const chaxi = async (...argv: string[]) => {
    const said = { out: '', err: '' };
    const code = await runCli(argv, {
      env: env(),
      cwd: process.cwd(),
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
    });
    return { code, ...said };
  };
  const namesShown = async () =>
    (JSON.parse((await chaxi('nodes', '--json')).out) as { nodeId: string }[]).map(({ nodeId }) => nodeId).join();
  /** A node learns of another one by its sign of life. */
  const untilItKnows = (url: string, count: number) =>
    waitFor(`${url} to know of ${count} in all`, async () =>
      new RegExp(`^chaxi_cluster_nodes ${count}$`, 'm').test(await (await fetch(`${url}/metrics`)).text()),
    );

  before(async () => (redis = await RedisServer.start()));
  afterEach(async () => {
    for (const node of processes) node.kill('SIGKILL');
    await Promise.all(processes.splice(0).map((node) => node.ended()));
    await redis.command('FLUSHALL');
  });
  after(() => redis.close());

  it('are shown by the command line, each with where it is, what it carries and whether it is ready', async () => {
    expect((await chaxi('nodes')).out).to.equal('There is no node in this cluster.\n');
    const { node, url } = await startNode('one', { CHAXI_CLUSTER_REGION: 'fujian' });
    await startNode('two');
    const { client } = await SignalingClient.join(url, await node.token({ identity: 'li' }));
    await waitFor('the guest to be counted', async () => /one.* 1  /.test((await chaxi('nodes')).out));
    const { out } = await chaxi('nodes');
    expect(out).to.match(/^NODE {2}REGION {2}STATE {2}LOAD +ROOMS {2}PEOPLE {2}VERSION {2}URL\n/);
    expect(out).to.match(new RegExp(`^one +fujian +ready +0 of 400 +1 +1 +\\S+ +${url}$`, 'm'));
    expect(out).to.match(/^two +- +ready /m);
    client.cut();
  });

  it('are gone at once when they are stopped, and soon when they are killed', async () => {
    const [{ node: one }, { node: two }, { url }] = [
      await startNode('one'),
      await startNode('two'),
      await startNode('three'),
    ];
    expect(await namesShown()).to.equal('one,three,two');
    one.kill('SIGTERM');
    await one.ended();
    expect(await namesShown()).to.equal('three,two');
    two.kill('SIGKILL');
    await waitFor('the killed one to be forgotten', async () => (await namesShown()) === 'three');
    await untilItKnows(url, 1);
  });

  it('are drained by name: everyone sent away, whoever comes sent on, and a process that waits to be stopped', async () => {
    const { node, url } = await startNode('one', { CHAXI_CLUSTER_PLACEMENT: 'sticky' });
    const two = await startNode('two');
    await untilItKnows(url, 2);
    const { client } = await SignalingClient.join(url, await node.token({ identity: 'li' }));
    const { code, out } = await chaxi('drain', 'one');
    expect([code, out]).to.deep.equal([
      0,
      'one takes nobody new and has sent its people away. It runs until it is stopped.\n',
    ]);
    expect((await client.refusal()).code).to.equal('serverDraining');
    const late = await SignalingClient.join(url, await node.token({ identity: 'late' }));
    expect(late.url, 'who comes now').to.equal(two.url);
    late.client.cut();
    expect((await fetch(`${url}/readyz`)).status).to.equal(503);
    await waitFor('all to see it', async () => /^one .* draining /m.test((await chaxi('nodes')).out));
    expect((await chaxi('nodes')).out).to.match(/^two .* ready /m);
    node.kill('SIGTERM');
    expect((await node.ended()).code).to.equal(0);
  });

  it('can not be drained where they are not there, or where there is no cluster', async () => {
    const unknown = await chaxi('drain', 'nobody');
    expect(unknown.code).to.equal(1);
    expect(unknown.err).to.include('npx chaxi nodes');
    expect((await chaxi('drain')).code).to.equal(2);
    expect((await chaxi('drain', 'one', 'two')).code).to.equal(2);
  });

  it('go on while Redis is away, and are all there again soon after it came back empty', async () => {
    const [{ node, url }] = [await startNode('one'), await startNode('two')];
    const { client } = await SignalingClient.join(url, await node.token({ identity: 'li' }));
    await redis.kill();
    await waitFor('the node to notice', () => node.output.includes('Redis is away'));
    const { snapshot } = await SignalingClient.join(url, await node.token({ identity: 'wang' }));
    expect(snapshot.participants.map(({ identity }) => identity)).to.deep.equal(['li']);
    expect(client.closed).to.equal(false);
    const away = await chaxi('nodes');
    expect([away.code, away.err]).to.satisfy(([code, err]: [number, string]) => code === 1 && err.includes('Redis'));
    await redis.start();
    await waitFor('both to be back', async () => (await namesShown()) === 'one,two');
    expect(node.output).to.not.include('node left');
  });

  it('do not start without their Redis, and say why', async () => {
    const node = new ServerProcess({ ...env(), CHAXI_REDIS_URL: 'redis://127.0.0.1:1' });
    processes.push(node);
    const { code, output } = await node.ended();
    expect(code).to.equal(1);
    expect(output).to.include('Redis can not be reached').and.include('CHAXI_REDIS_URL');
  });
});
