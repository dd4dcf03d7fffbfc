import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { redeemInvite } from '../../../../client-sdk/src/invites/redeemInvite.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { codeOf } from '../../../helpers/messageStores/fixtures.ts';

describe('redeemInvite', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; body: string };
  let asked: { method?: string; path?: string; body: unknown };
  const invite = { token: 'a.b.c', room: '春茶', role: 'guest', name: 'Ann', invitedBy: 'Li' };

  before(async () => {
    server = createServer((request, response) => {
      void (async () => {
        let text = '';
        for await (const piece of request) text += String(piece);
        asked = { method: request.method, path: request.url, body: JSON.parse(text) };
        response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body);
      })();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends the code and the device, and the name where there is one', async () => {
    answer = { status: 200, body: JSON.stringify(invite) };
    expect(await redeemInvite({ url: `${url}/`, code: 'the-code', device: 'the-device' })).to.deep.equal(invite);
    expect(asked).to.deep.equal({
      method: 'POST',
      path: '/invites/redeem',
      body: { code: 'the-code', device: 'the-device' },
    });
    await redeemInvite({ url: url.replace('http', 'ws'), code: 'c', device: 'd', name: 'Ann' });
    expect(asked.body).to.deep.equal({ code: 'c', device: 'd', name: 'Ann' });
  });

  it('rejects with what the server says', async () => {
    answer = { status: 410, body: JSON.stringify({ error: new ChaxiError('inviteUsedUp').toBody() }) };
    expect(await codeOf(redeemInvite({ url, code: 'c', device: 'd' }))).to.equal('inviteUsedUp');
  });

  it('rejects with what is no answer of the server', async () => {
    answer = { status: 502, body: '<html>' };
    expect(await codeOf(redeemInvite({ url, code: 'c', device: 'd' }))).to.equal('internal');
    answer = { status: 200, body: 'hello' };
    expect(await codeOf(redeemInvite({ url, code: 'c', device: 'd' }))).to.equal('internal');
    expect(await codeOf(redeemInvite({ url: 'http://127.0.0.1:1', code: 'c', device: 'd' }))).to.equal(
      'serverUnreachable',
    );
  });
});
