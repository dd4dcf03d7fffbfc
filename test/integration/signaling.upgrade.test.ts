import { expect } from 'chai';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';

describe('upgrades that are none of ours', () => {
  let node: TestServer;

  before(async () => (node = await startTestServer({ media: { workers: 1, basePort: 0, listenIps: ['127.0.0.1'] } })));
  after(() => node.close());

  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  const upgrade = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', key];
  const headers = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`;
  const requests: [says: string, text: string, status: number][] = [
    ['of another path', headers(['GET /other HTTP/1.1', ...upgrade]), 404],
    ['of a longer path', headers(['GET /signaling/x HTTP/1.1', ...upgrade]), 404],
    ['of an odd path', headers(['GET //signaling HTTP/1.1', ...upgrade]), 404],
    ['with another method', headers(['POST /signaling HTTP/1.1', ...upgrade]), 405],
    ['without a key', headers(['GET /signaling HTTP/1.1', ...upgrade.slice(0, 4)]), 400],
    ['with a bad key', headers(['GET /signaling HTTP/1.1', ...upgrade.slice(0, 4), 'Sec-WebSocket-Key: x']), 400],
    [
      'of an old version',
      headers(['GET /signaling HTTP/1.1', ...upgrade.slice(0, 3), 'Sec-WebSocket-Version: 7', key]),
      400,
    ],
    [
      'with bad extensions',
      headers(['GET /signaling HTTP/1.1', ...upgrade, 'Sec-WebSocket-Extensions: permessage-deflate; =']),
      400,
    ],
    ['with headers without end', headers(['GET /signaling HTTP/1.1', ...upgrade, `X: ${'x'.repeat(40_000)}`]), 431],
    ['that is no HTTP', '\u0016\u0003\u0001 tea please\r\n\r\n', 400],
  ];
  for (const [says, text, status] of requests) {
    it(`are answered with ${status}: one ${says}`, async () => {
      const { port, hostname } = new URL(node.url);
      const socket = connect(Number(port), hostname);
      socket.write(text);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(String(answer)).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
      socket.destroy();
    });
  }
});
