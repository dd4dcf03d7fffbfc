import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { crossChecks } from '../../../config/crossChecks.ts';
import { configSchema } from '../../../config/schema.ts';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';

describe('crossChecks', () => {
  const folder = temporaryFolder();
  const problemsOf = (input: unknown) => crossChecks(configSchema.parse(input)).map(({ where }) => where.split(' ')[0]);

  for (const [title, input, expected] of [
    ['the defaults', {}, []],
    ['a certificate without its key', { http: { tls: { certFile: 'a' } } }, ['http.tls.keyFile']],
    ['a key without its certificate', { http: { tls: { keyFile: 'a' } } }, ['http.tls.certFile']],
    [
      'TLS files that are not there',
      { http: { tls: { certFile: '/none/a', keyFile: '/none/b' } } },
      ['http.tls.certFile', 'http.tls.keyFile'],
    ],
    ['production without an API key', { mode: 'production' }, ['auth.apiKeys']],
    ['production with an API key', { mode: 'production', auth: { apiKeys: { a: 'x'.repeat(32) } } }, []],
    ['media ports beyond the last port', { media: { basePort: 65_535, workers: 2 } }, ['media.basePort']],
    ['media ports up to the last port', { media: { basePort: 65_534, workers: 2 } }, []],
    [
      'media ports that include the one of http',
      { http: { port: 45_001 }, media: { basePort: 45_000, workers: 2 } },
      ['media.basePort'],
    ],
    ['media ports before the one of http', { http: { port: 45_002 }, media: { basePort: 45_000, workers: 2 } }, []],
    ['ports for other nodes', { media: { pipe: { minPort: 45_000, maxPort: 45_000 } } }, []],
    ['ports for other nodes without the last', { media: { pipe: { minPort: 45_000 } } }, ['media.pipe.minPort']],
    ['ports for other nodes without the first', { media: { pipe: { maxPort: 45_000 } } }, ['media.pipe.minPort']],
    ['a TURN server without its secret', { media: { turn: { urls: ['turn:a.example'] } } }, ['media.turn.secret']],
    ['a TURN server with its secret', { media: { turn: { urls: ['turn:a.example'], secret: 'x'.repeat(16) } } }, []],
    ['an authority of PostgreSQL that is not there', { database: { caFile: '/nowhere/ca.pem' } }, ['database.caFile']],
    [
      'a bucket without its name and keys',
      { messages: { s3: { endpoint: 'https://s3.example' } } },
      ['messages.s3.bucket', 'messages.s3.accessKeyId', 'messages.s3.secretAccessKey'],
    ],
    [
      'files that are larger than a bucket takes at once',
      {
        messages: {
          maxFileBytes: 5_000_000_001,
          s3: { endpoint: 'https://s3.example', bucket: 'tea', accessKeyId: 'a', secretAccessKey: 'b' },
        },
      },
      ['messages.maxFileBytes'],
    ],
    ['a cluster without its secret', { redis: { url: 'redis://a.example' } }, ['cluster.secret']],
    ['a cluster with its secret', { redis: { url: 'redis://a.example' }, cluster: { secret: 'x'.repeat(32) } }, []],
    [
      'a cluster whose secret is the password of its Redis',
      { redis: { url: `redis://:${'%78'.repeat(32)}@a.example` }, cluster: { secret: 'x'.repeat(32) } },
      ['cluster.secret'],
    ],
    [
      'a cluster with a password of its own',
      { redis: { url: 'redis://:100%@a.example' }, cluster: { secret: 'x'.repeat(32) } },
      [],
    ],
    ['any free ports', { http: { port: 0 }, media: { basePort: 0, workers: 2 } }, []],
  ] as const) {
    it(`judges ${title}`, () => {
      expect(problemsOf(input)).to.deep.equal(expected);
    });
  }

  it('accepts TLS files that can be read', () => {
    const file = join(folder.path, 'file.pem');
    writeFileSync(file, '');
    expect(problemsOf({ http: { tls: { certFile: file, keyFile: file } } })).to.deep.equal([]);
    expect(problemsOf({ database: { caFile: file } })).to.deep.equal([]);
  });
});
