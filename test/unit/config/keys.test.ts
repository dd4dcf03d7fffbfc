import { expect } from 'chai';
import { helpText } from '../../../config/help.ts';
import { configKeys, envNameOf } from '../../../config/keys.ts';

describe('configKeys', () => {
  for (const [path, envName] of [
    ['mode', 'CHAXI_MODE'],
    ['http.port', 'CHAXI_HTTP_PORT'],
    ['http.tls.certFile', 'CHAXI_HTTP_TLS_CERT_FILE'],
    ['rooms.emptyTimeoutMs', 'CHAXI_ROOMS_EMPTY_TIMEOUT_MS'],
    ['media.initialOutgoingBitrateBps', 'CHAXI_MEDIA_INITIAL_OUTGOING_BITRATE_BPS'],
  ] as const) {
    it(`calls ${path} ${envName} in the environment`, () => {
      expect(envNameOf(path)).to.equal(envName);
      expect(configKeys.map((key) => key.path)).to.include(path);
    });
  }

  it('has no two keys with one variable', () => {
    expect(new Set(configKeys.map((key) => key.envName)).size).to.equal(configKeys.length);
  });

  it('explains every key and says what it expects', () => {
    for (const key of configKeys) {
      expect(key.doc, key.path).to.match(/\.$/);
      expect(key.expects, key.path).to.not.equal('');
    }
  });

  it('has the unit of every duration and bitrate in its name', () => {
    const units = { 'Milliseconds ': /Ms$/, 'Bits a second ': /Bps$/ };
    for (const { doc, path } of configKeys) {
      for (const [words, suffix] of Object.entries(units)) {
        expect(doc.startsWith(words), path).to.equal(suffix.test(path));
      }
    }
  });

  it('marks as secret what must not be shown', () => {
    const secret = configKeys.filter((key) => key.secret).map((key) => key.path);
    expect(secret).to.deep.equal([
      'auth.apiKeys',
      'media.iceServers',
      'media.turn.secret',
      'messages.s3.accessKeyId',
      'messages.s3.secretAccessKey',
      'database.url',
      'redis.url',
      'cluster.secret',
    ]);
  });

  it('shows every key in the help, with its variable', () => {
    const help = helpText();
    for (const { path, envName } of configKeys) {
      expect(help).to.include(`  ${envName}  (${path})\n`);
    }
    expect(help).to.include('A whole number from 0 to 65535. Default: 4480.');
  });
});
