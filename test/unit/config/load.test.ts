import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { ConfigError } from '../../../config/ConfigError.ts';
import { configKeys } from '../../../config/keys.ts';
import { loadConfig } from '../../../config/load.ts';
import { codecNames } from '../../../protocol/mediaCodecs.ts';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';

const SECRET = 'a-secret-of-more-than-thirty-two-characters';
const KEYS = { CHAXI_AUTH_API_KEYS: `shop:${SECRET}` };

describe('loadConfig', () => {
  const folder = temporaryFolder();

  function load(env: NodeJS.ProcessEnv = {}, file?: unknown) {
    if (file === undefined) {
      return loadConfig({ argv: [], env: { ...KEYS, ...env }, cwd: folder.path });
    }
    writeFileSync(join(folder.path, 'chaxi.json'), typeof file === 'string' ? file : JSON.stringify(file));
    return loadConfig({ argv: ['--config', 'chaxi.json'], env: { ...KEYS, ...env }, cwd: folder.path });
  }

  function problemsOf(env: NodeJS.ProcessEnv, file?: unknown): string[] {
    try {
      load(env, file);
    } catch (error) {
      expect(error).to.be.instanceOf(ConfigError);
      return (error as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
    }
    throw new Error('the configuration was accepted');
  }

  it('has a default for every key', () => {
    const config = load();
    expect(config.http.port).to.equal(4480);
    expect(config.mode).to.equal('development');
    expect(config.media.codecs).to.deep.equal(codecNames);
    expect(config.http.corsOrigins).to.deep.equal([]);
  });

  it('takes the file over the defaults and the environment over the file', () => {
    const file = { http: { port: 1111, host: '0.0.0.0' } };
    expect(load({}, file).http).to.include({ port: 1111, host: '0.0.0.0', trustProxy: 0 });
    expect(load({ CHAXI_HTTP_PORT: '2222' }, file).http).to.include({ port: 2222, host: '0.0.0.0', trustProxy: 0 });
  });

  it('finds the file by CHAXI_CONFIG too, and prefers --config', () => {
    writeFileSync(join(folder.path, 'one.json'), '{"http":{"port":1}}');
    writeFileSync(join(folder.path, 'two.json'), '{"http":{"port":2}}');
    const env = { ...KEYS, CHAXI_CONFIG: 'one.json' };
    expect(loadConfig({ env, cwd: folder.path }).http.port).to.equal(1);
    expect(loadConfig({ argv: ['--config=two.json'], env, cwd: folder.path }).http.port).to.equal(2);
  });

  for (const [env, read, expected] of [
    [{ CHAXI_HTTP_PORT: '0' }, 'http.port', 0],
    [{ CHAXI_ROOMS_LOBBY: 'true' }, 'rooms.lobby', true],
    [{ CHAXI_DEMO_ROOM: 'false' }, 'demoRoom', false],
    [{ CHAXI_MEDIA_CODECS: 'opus, vp8' }, 'media.codecs', ['opus', 'vp8']],
    [{ CHAXI_MEDIA_LISTEN_IPS: '127.0.0.1,::1' }, 'media.listenIps', ['127.0.0.1', '::1']],
    [{ CHAXI_MEDIA_LISTEN_IPS: '' }, 'media.listenIps', []],
    [{ CHAXI_MEDIA_ANNOUNCED_ADDRESS: '' }, 'media.announcedAddress', null],
    [{ CHAXI_HTTP_PUBLIC_URL: 'https://tea.example/' }, 'http.publicUrl', 'https://tea.example'],
    [{ CHAXI_HTTP_CORS_ORIGINS: '*' }, 'http.corsOrigins', ['*']],
    [{ CHAXI_HTTP_CORS_ORIGINS: 'https://shop.example/' }, 'http.corsOrigins', ['https://shop.example']],
    [
      { CHAXI_MEDIA_ICE_SERVERS: '[{"urls":"stun:stun.example"}]' },
      'media.iceServers',
      [{ urls: 'stun:stun.example' }],
    ],
    [{ CHAXI_AUTH_API_KEYS: `a:${SECRET},b:${SECRET}:x` }, 'auth.apiKeys', { a: SECRET, b: `${SECRET}:x` }],
    [{ NODE_ENV: 'production' }, 'mode', 'production'],
    [{ NODE_ENV: 'production', CHAXI_MODE: 'development' }, 'mode', 'development'],
    [{ NODE_ENV: 'test' }, 'mode', 'development'],
  ] as const) {
    it(`reads ${JSON.stringify(env)} as ${read} = ${JSON.stringify(expected)}`, () => {
      let value: unknown = load(env);
      for (const part of read.split('.')) {
        value = Reflect.get(value as object, part);
      }
      expect(value).to.deep.equal(expected);
    });
  }

  it('makes paths absolute', () => {
    expect(load().dataDir).to.equal(join(folder.path, 'data'));
    expect(load({ CHAXI_DATA_DIR: '/srv/tea' }).dataDir).to.equal('/srv/tea');
  });

  for (const [title, env, file, expected] of [
    ['a typo in a key', {}, { http: { prot: 1 } }, 'http.prot: no such key; did you mean http.port?'],
    ['a typo in a section', {}, { htpp: {} }, 'htpp: no such key; did you mean http?'],
    ['a key in the wrong section', {}, { port: 1 }, 'port: no such key; did you mean http.port?'],
    ['a key like nothing', {}, { zzzzzzzz: 1 }, 'zzzzzzzz: no such key; docs/configuration.md lists all'],
    [
      'a typo in a variable',
      { CHAXI_HTTP_PROT: '1' },
      undefined,
      'CHAXI_HTTP_PROT: no such variable; did you mean CHAXI_HTTP_PORT?',
    ],
    [
      'a variable like nothing',
      { CHAXI_Q: '1' },
      undefined,
      'CHAXI_Q: no such variable; docs/configuration.md lists all',
    ],
    [
      'a word for a number',
      { CHAXI_HTTP_PORT: 'abc' },
      undefined,
      'http.port (CHAXI_HTTP_PORT): given "abc"; must be a whole number from 0 to 65535',
    ],
    [
      'a number out of range',
      {},
      { http: { port: 70_000 } },
      'http.port (CHAXI_HTTP_PORT): given 70000; must be a whole number from 0 to 65535',
    ],
    [
      'a yes for true',
      { CHAXI_ROOMS_LOBBY: 'yes' },
      undefined,
      'rooms.lobby (CHAXI_ROOMS_LOBBY): given "yes"; must be true or false',
    ],
    [
      'an unknown level',
      {},
      { log: { level: 'loud' } },
      'log.level (CHAXI_LOG_LEVEL): given "loud"; must be one of error, warn, info, debug',
    ],
    [
      'an origin with a path',
      { CHAXI_HTTP_CORS_ORIGINS: 'https://a.example/x' },
      undefined,
      'http.corsOrigins (CHAXI_HTTP_CORS_ORIGINS): given ["https://a.example/x"]; must be a list of origins such as https://shop.example, or *',
    ],
    ['a section that is no object', {}, { log: 5 }, 'log: must be an object with the keys level, format'],
    [
      'a section that is null',
      {},
      { rooms: null },
      'rooms: must be an object with the keys autoCreate, maxRooms, maxParticipants, emptyTimeoutMs, hostReturnMs, lobby',
    ],
    [
      'a codec twice',
      { CHAXI_MEDIA_CODECS: 'vp8,vp8' },
      undefined,
      'media.codecs (CHAXI_MEDIA_CODECS): given ["vp8","vp8"]; must be a list of one or more of opus, vp8, h264, vp9, av1, each once',
    ],
    [
      'a list as null',
      {},
      { media: { listenIps: null } },
      'media.listenIps (CHAXI_MEDIA_LISTEN_IPS): given null; must be a list of IPv4 and IPv6 addresses',
    ],
  ] as const) {
    it(`refuses ${title} and says what is right`, () => {
      expect(problemsOf(env, file)).to.deep.equal([expected]);
    });
  }

  it('lists all faults of file and environment at once', () => {
    const problems = problemsOf({ CHAXI_HTTP_PORT: 'x', CHAXI_NOPE: '1' }, { rooms: { lobby: 1 }, htpp: 2 });
    expect(problems).to.have.lengthOf(4);
  });

  for (const [title, content] of [
    ['no JSON', '{"auth": nonsense'],
    ['a list', '[]'],
    ['null', 'null'],
  ] as const) {
    it(`refuses a file that holds ${title}`, () => {
      expect(problemsOf({}, content))
        .to.have.lengthOf(1)
        .and.satisfy(([line]: string[]) => line?.includes('chaxi.json'));
    });
  }

  it('refuses a file that is not there, and unknown arguments', () => {
    const read = (argv: string[]) => () => loadConfig({ argv, env: KEYS, cwd: folder.path });
    expect(read(['--config', 'none.json'])).to.throw(ConfigError, 'none.json: the file can not be read (ENOENT)');
    expect(read(['--port', '1'])).to.throw(ConfigError, '--port');
  });

  it('never shows a secret, whatever is wrong with it', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{8,31}$/);
    fc.assert(
      fc.property(secret, fc.constantFrom('a:', '', 'a:b,', ':', 'a b:'), (text, before) => {
        const lines = problemsOf({ CHAXI_AUTH_API_KEYS: before + text }).join('\n');
        expect(lines).to.include('auth.apiKeys').and.not.include(text);
      }),
    );
    const inFile = problemsOf({ CHAXI_AUTH_API_KEYS: undefined }, `{"auth": {"apiKeys": {"k": "hunter2hunter2"}}}`);
    expect(inFile.join()).to.include('auth.apiKeys').and.not.include('hunter2');
    const broken = problemsOf({}, `{"auth": {"apiKeys": {"k": "hunter2hunter2"}}`);
    expect(broken.join()).to.not.include('hunter2');
  });

  it('meets any value of any variable with a configuration or a ConfigError', () => {
    fc.assert(
      fc.property(fc.constantFrom(...configKeys), fc.string(), ({ envName }, text) => {
        try {
          load({ [envName]: text.replaceAll('\0', '') });
        } catch (error) {
          expect(error).to.be.instanceOf(ConfigError);
        }
      }),
    );
  });

  it('meets any JSON with a configuration or a ConfigError, and leaves prototypes alone', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        try {
          load({}, text);
        } catch (error) {
          expect(error).to.be.instanceOf(ConfigError);
        }
      }),
    );
    expect(problemsOf({ CHAXI_HTTP_PORT: '1' }, '{"http": {"__proto__": {"polluted": 1}}}')).to.have.lengthOf(1);
    expect(Object.prototype).to.not.have.property('polluted');
  });

  it('makes and keeps an API key in development when there is none', () => {
    const make = () => loadConfig({ env: {}, cwd: folder.path }).auth.apiKeys;
    const [first] = Object.entries(make());
    expect(first?.[1]).to.have.length.at.least(32);
    expect(Object.entries(make())).to.deep.equal([first]);
  });

  it('does not start production without an API key, and says how to make one', () => {
    expect(() => loadConfig({ env: { CHAXI_MODE: 'production' }, cwd: folder.path })).to.throw(
      ConfigError,
      'openssl rand -hex 32',
    );
  });

  it('accepts config/example.json', () => {
    const example = join(import.meta.dirname, '../../../config/example.json');
    const config = loadConfig({ argv: ['--config', example], env: {}, cwd: folder.path });
    expect(config.mode).to.equal('production');
    expect(readFileSync(example, 'utf8')).to.include(Object.values(config.auth.apiKeys)[0]);
  });
});
