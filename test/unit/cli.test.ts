import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../config/load.ts';
import { verifyAccessToken } from '../../server/auth/accessToken.ts';
import { runCli } from '../../server/cli.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';

const SECRET = 'a-secret-of-more-than-thirty-two-characters';
const PERSON = ['--room', 'tea', '--identity', 'li', '--role', 'guest'];

describe('the command line', () => {
  const folder = temporaryFolder();

  async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    let [out, err] = ['', ''];
    const code = await runCli(args, {
      env,
      cwd: folder.path,
      home: folder.path,
      out: (text) => (out += text),
      err: (text) => (err += text),
    });
    return { code, out, err };
  }

  it('makes a token that a server of the same folder accepts', async () => {
    const { code, out } = await run(['token', ...PERSON, '--name', '李', '--metadata', 'm', '--ttl', '60']);
    expect(code).to.equal(0);
    const { auth } = loadConfig({ env: {}, cwd: folder.path });
    const { claims } = await verifyAccessToken(out.trim(), auth.apiKeys);
    expect(claims).to.include({ room: 'tea', sub: 'li', role: 'guest', name: '李', metadata: 'm' });
    expect(claims.exp).to.be.closeTo(Date.now() / 1_000 + 60, 5);
  });

  it('uses the key that is given, with or without a configuration', async () => {
    const alone = await run(['token', ...PERSON, '--api-key', 'shop', '--api-secret', SECRET], {
      CHAXI_MODE: 'production',
    });
    expect((await verifyAccessToken(alone.out.trim(), { shop: SECRET })).tenant).to.equal('shop');
    const env = { CHAXI_AUTH_API_KEYS: `first:${'x'.repeat(32)},shop:${SECRET}` };
    const chosen = await run(['token', ...PERSON, '--api-key', 'shop'], env);
    expect((await verifyAccessToken(chosen.out.trim(), { shop: SECRET })).tenant).to.equal('shop');
  });

  for (const [title, env, start] of [
    ['the address it listens on', {}, 'http://127.0.0.1:4480/room#token=ey'],
    ['an IPv6 address', { CHAXI_HTTP_HOST: '::1' }, 'http://[::1]:4480/room#token=ey'],
    ['its public address', { CHAXI_HTTP_PUBLIC_URL: 'https://tea.example' }, 'https://tea.example/room#token=ey'],
  ] as const) {
    it(`makes a link to ${title}`, async () => {
      const { out } = await run(['token', ...PERSON, '--link'], env);
      expect(out.startsWith(start), out).to.equal(true);
    });
  }

  it('shows the configuration without its secrets', async () => {
    const { code, out } = await run(['config'], { CHAXI_AUTH_API_KEYS: `shop:${SECRET}`, CHAXI_HTTP_PORT: '1234' });
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.deep.include({ auth: { apiKeys: { shop: '(hidden)' } } });
    expect(out).to.include('1234').and.not.include(SECRET);
  });

  it('finds --config from where the user stands', async () => {
    writeFileSync(join(folder.path, 'chaxi.json'), '{"http":{"port":1234}}');
    expect((await run(['config', '--config', 'chaxi.json'])).out).to.include('1234');
  });

  for (const args of [[], ['help'], ['--help'], ['-h']]) {
    it(`explains itself for ${JSON.stringify(args)}`, async () => {
      const { code, out } = await run(args);
      expect(code).to.equal(0);
      expect(out).to.include('npx chaxi token').and.include('CHAXI_HTTP_PORT');
    });
  }

  const without = (option: string) => PERSON.filter((_, index) => PERSON[index - (index % 2)] !== option);
  for (const [title, args, env, code, words] of [
    ['an unknown command', ['brew'], {}, 2, '"brew"'],
    ['an unknown option', ['token', '--rom', 'tea'], {}, 2, '--rom'],
    ['a word too many', ['config', 'all'], {}, 2, 'all'],
    ['no room', ['token', ...without('--room')], {}, 2, '--room is missing'],
    ['no identity', ['token', ...without('--identity')], {}, 2, '--identity is missing'],
    ['no role', ['token', ...without('--role')], {}, 2, '--role must be one of host, guest, expert, observer'],
    ['an unknown role', ['token', ...PERSON, '--role', 'king'], {}, 2, '--role must be one of'],
    ['a time that is none', ['token', ...PERSON, '--ttl', '1h'], {}, 2, '--ttl'],
    ['no time', ['token', ...PERSON, '--ttl', '0'], {}, 2, '--ttl'],
    ['a secret without its key', ['token', ...PERSON, '--api-secret', SECRET], {}, 2, '--api-key'],
    ['an unknown key', ['token', ...PERSON, '--api-key', 'nobody'], {}, 2, '"nobody"'],
    [
      'a link to a port that nobody knows',
      ['token', ...PERSON, '--link'],
      { CHAXI_HTTP_PORT: '0' },
      2,
      'CHAXI_HTTP_PUBLIC_URL',
    ],
    ['a room that can not be', ['token', ...PERSON, '--room', '..'], {}, 1, 'room'],
    ['a bad configuration', ['config'], { CHAXI_HTTP_PORT: 'x' }, 1, 'http.port'],
    ['production without a key', ['token', ...PERSON], { CHAXI_MODE: 'production' }, 1, 'auth.apiKeys'],
  ] as const) {
    it(`refuses ${title} with exit code ${code}`, async () => {
      const result = await run(args, env);
      expect(result.code).to.equal(code);
      expect(result.err).to.include(words);
      expect(result.out).to.equal('');
    });
  }
});

describe('scripts/chaxi.mjs', () => {
  const script = join(import.meta.dirname, '../../scripts/chaxi.mjs');
  const token = ['token', ...PERSON, '--api-key', 'shop', '--api-secret', SECRET];

  for (const [title, flags] of [
    ['on a Node.js that knows TypeScript', []],
    ['on one that does not, by the one of the repository', ['--no-experimental-strip-types']],
  ] as const) {
    it(`runs ${title}`, async () => {
      const env = { ...process.env, NODE_OPTIONS: '' };
      const { stdout, status } = spawnSync(process.execPath, [...flags, script, ...token], { env, encoding: 'utf8' });
      expect(status).to.equal(0);
      expect((await verifyAccessToken(stdout.trim(), { shop: SECRET })).claims.sub).to.equal('li');
    });
  }

  it('hands on the exit code', () => {
    const flags = ['--no-experimental-strip-types'];
    expect(spawnSync(process.execPath, [...flags, script, 'brew'], { encoding: 'utf8' }).status).to.equal(2);
  });
});
