import { once } from 'node:events';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { expect } from 'chai';
import { limits } from '../../../protocol/limits.ts';
import type { Logger } from '../../../server/base/logger.ts';
import { readTlsFiles, reloadTlsOnChange } from '../../../server/http/reloadTls.ts';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';
import { waitFor } from '../../helpers/waitFor.ts';
import { appForSuite } from './startHttpApp.ts';

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);
const authorities = ['one', 'two'].map((name) => readFileSync(fixture(`${name}.cert.pem`), 'utf8'));

/** Name in the certificate that a server shows now. */
async function certificateName(port: number): Promise<string> {
  const socket = connectTls({ port, host: '127.0.0.1', ca: authorities });
  try {
    await once(socket, 'secureConnect');
    const name = socket.getPeerCertificate().subject.CN;
    return typeof name === 'string' ? name : '';
  } finally {
    socket.destroy();
  }
}

describe('createTlsOrHttpServer', () => {
  describe('without a certificate', () => {
    const app = appForSuite();

    it('speaks http', async () => {
      expect(app.current.url).to.match(/^http:/);
      expect((await fetch(`${app.current.url}/healthz`)).status).to.equal(200);
    });

    it('answers a request that offers another protocol as if it did not', async () => {
      const socket = connectTcp(app.current.port, '127.0.0.1');
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
      const [data] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(data.toString()).to.match(/^HTTP\/1.1 200 /);
    });

    for (const [bytes, status] of [
      [limits.upgradeBytes - 1_024, 404],
      [limits.upgradeBytes + 1_024, 431],
    ] as const) {
      it(`answers a request line of ${bytes} bytes with ${status}`, async () => {
        const socket = connectTcp(app.current.port, '127.0.0.1');
        socket.write(`GET /x?${'a'.repeat(bytes)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
        const [data] = (await once(socket, 'data')) as [Buffer];
        socket.destroy();
        expect(data.toString()).to.match(new RegExp(`^HTTP/1.1 ${status} `));
      });
    }
  });

  describe('with a certificate', () => {
    const tls = { certFile: fixture('one.cert.pem'), keyFile: fixture('one.key.pem') };
    const app = appForSuite(() => ({ config: { http: { tls } } }));

    it('speaks https', async () => {
      expect(app.current.url).to.match(/^https:/);
      expect(await certificateName(app.current.port)).to.equal('one.test.invalid');
    });
  });
});

describe('reloadTlsOnChange', () => {
  const folder = temporaryFolder();

  it('takes a renewed certificate into use, and keeps the old one while the files do not match', async () => {
    const files = { certFile: join(folder.path, 'cert.pem'), keyFile: join(folder.path, 'key.pem') };
    copyFileSync(fixture('one.cert.pem'), files.certFile);
    copyFileSync(fixture('one.key.pem'), files.keyFile);
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const logger: Logger = { error: write, warn: write, info: write, debug: write, child: () => logger };
    const server = createServer(readTlsFiles(files)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    reloadTlsOnChange(server, files, logger, 20);
    try {
      copyFileSync(fixture('two.cert.pem'), files.certFile);
      await waitFor('the warning', () => lines.some((line) => line.includes('can not be used')));
      expect(await certificateName(port)).to.equal('one.test.invalid');

      copyFileSync(fixture('two.key.pem'), files.keyFile);
      await waitFor('the new certificate', async () => (await certificateName(port)) === 'two.test.invalid');

      const warnings = lines.length;
      writeFileSync(files.certFile, 'no certificate');
      await waitFor('the next warning', () => lines.length > warnings);
      expect(await certificateName(port)).to.equal('two.test.invalid');
    } finally {
      server.close();
      await once(server, 'close');
    }
  });
});
