import { expect } from 'chai';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { audioParameters } from '../helpers/rtpFixtures.ts';
import { ServerProcess } from '../helpers/ServerProcess.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the server as a process', () => {
  const folder = temporaryFolder();
  const servers: ServerProcess[] = [];
  const clients: SignalingClient[] = [];
  const start = (env: NodeJS.ProcessEnv = {}, args: readonly string[] = []) => {
    const server = new ServerProcess({ CHAXI_DATA_DIR: folder.path, ...env }, args);
    servers.push(server);
    return server;
  };
  const join = async (server: ServerProcess, identity = 'someone') => {
    const joined = await SignalingClient.join(await server.url(), await server.token({ identity, role: 'host' }));
    clients.push(joined.client);
    return joined.client;
  };

  afterEach(async () => {
    for (const client of clients.splice(0)) client.cut();
    for (const server of servers) server.kill('SIGKILL');
    await Promise.all(servers.splice(0).map((server) => server.ended()));
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`tells everyone at ${signal}, ends its workers and exits with 0`, async () => {
      const server = start();
      const [one, two] = [await join(server, 'one'), await join(server, 'two')];
      await one.request('produce', { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(1) });
      await two.notification('newConsumer');
      const workers = await server.children();
      expect(workers).to.have.length(1);
      server.kill(signal);
      const ended = await server.ended();
      expect(ended).to.include({ code: 0, signal: null });
      for (const client of [one, two]) {
        expect(await client.refusal()).to.include({ code: 'serverDraining' });
        // Nothing else was said: that a microphone went away first would look like a fault.
        expect(client.received('trackUnpublished')).to.be.empty;
        expect(client.received('participantLeft')).to.be.empty;
      }
      expect(existsSync(`/proc/${workers[0]}`)).to.equal(false);
      expect(ended.output)
        .to.match(/"stopped"/)
        .and.not.match(/"level":"error"/);
    });
  }

  it('exits in time though clients do not read, requests are half sent and connections idle', async () => {
    const server = start();
    const url = new URL(await server.url());
    const deaf = await join(server, 'deaf');
    deaf.stopReading();
    const sockets = ['GET /healthz HTTP/1.1\r\nHost: x\r\n', 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n', ''].map(
      (text) => {
        const socket = connect(Number(url.port), url.hostname);
        socket.on('error', () => {});
        socket.write(text);
        return socket;
      },
    );
    await once(sockets[1]!, 'data');
    const startedAt = performance.now();
    server.kill('SIGTERM');
    expect(await server.ended()).to.include({ code: 0 });
    expect(performance.now() - startedAt).to.be.below(5_000);
    for (const socket of sockets) socket.destroy();
  });

  it('exits in time though a worker hangs', async () => {
    const server = start({ CHAXI_SHUTDOWN_TIMEOUT_MS: '500' });
    await join(server);
    const [worker] = await server.children();
    process.kill(worker ?? 0, 'SIGSTOP');
    server.kill('SIGTERM');
    expect(await server.ended()).to.include({ code: 0 });
    process.kill(worker ?? 0, 'SIGCONT');
    await waitFor('the worker to end too', () => !existsSync(`/proc/${worker}`));
  });

  it('takes its workers with it even when it is killed', async () => {
    const server = start();
    await join(server);
    const workers = await server.children();
    server.kill('SIGKILL');
    await server.ended();
    await waitFor('the workers to end', () => !workers.some((pid) => existsSync(`/proc/${pid}`)));
  });

  it('outlives the death of a worker', async () => {
    const server = start();
    const client = await join(server);
    const [worker] = await server.children();
    process.kill(worker ?? 0, 'SIGKILL');
    await client.notification('mediaReset');
    server.kill('SIGTERM');
    const ended = await server.ended();
    expect(ended).to.include({ code: 0 });
    expect(ended.output).to.match(/media worker died/);
  });

  const faults: [says: string, env: NodeJS.ProcessEnv, args: string[], output: RegExp][] = [
    ['names a key with a bad value', { CHAXI_HTTP_PORT: 'tea' }, [], /CHAXI_HTTP_PORT|http\.port/],
    ['names a variable that there is not', { CHAXI_HTTP_PROT: '1' }, [], /CHAXI_HTTP_PROT.*CHAXI_HTTP_PORT/],
    ['names a file that there is not', {}, ['--config', '/nowhere.json'], /\/nowhere\.json/],
    [
      'names the key that is missing in production',
      { CHAXI_AUTH_API_KEYS: '' },
      [],
      /auth\.apiKeys|CHAXI_AUTH_API_KEYS/,
    ],
    [
      'names the certificate that can not be read',
      { CHAXI_HTTP_TLS_CERT_FILE: '/no.pem', CHAXI_HTTP_TLS_KEY_FILE: '/no.key' },
      [],
      /\/no\.(pem|key)/,
    ],
    [
      'names the address that is not its own',
      { CHAXI_MEDIA_LISTEN_IPS: '192.0.2.1' },
      [],
      /192\.0\.2\.1.*CHAXI_MEDIA_LISTEN_IPS/,
    ],
    ['names the host that is not its own', { CHAXI_HTTP_HOST: '192.0.2.1' }, [], /192\.0\.2\.1.*CHAXI_HTTP_HOST/],
  ];
  for (const [says, env, args, output] of faults) {
    it(`exits with 1 and ${says}`, async () => {
      const ended = await start(env, args).ended();
      expect(ended).to.include({ code: 1 });
      expect(ended.output)
        .to.match(output)
        .and.not.match(/ {4}at .*\.ts/);
    });
  }

  it('exits with 1 and names the port that is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    try {
      const ended = await start({ CHAXI_HTTP_PORT: String(port) }).ended();
      expect(ended).to.include({ code: 1 });
      expect(ended.output).to.include(`Port ${port} is in use.`).and.include('CHAXI_HTTP_PORT');
    } finally {
      holder.close();
    }
  });

  it('prints a link for each role in development', async () => {
    const server = start({ NODE_ENV: 'development', CHAXI_AUTH_API_KEYS: '' });
    const url = await server.url();
    await waitFor('the links', () => /observer/.test(server.output));
    for (const role of ['host', 'guest', 'expert', 'observer']) {
      const [, token] = new RegExp(`${role} +${url}/room#token=(\\S+)`).exec(server.output) ?? [];
      const { client, snapshot } = await SignalingClient.join(url, token ?? '');
      clients.push(client);
      expect(snapshot.self).to.include({ role, identity: `demo-${role}` });
    }
  });

  it('explains its configuration when asked for help, and starts nothing', async () => {
    const ended = await start({ CHAXI_HTTP_PORT: 'bad' }, ['--help']).ended();
    expect(ended).to.include({ code: 0 });
    expect(ended.output).to.include('CHAXI_HTTP_PORT').and.not.include('listening');
  });
});
