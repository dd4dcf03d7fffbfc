import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { uploadStill } from '../../../../client-sdk/src/stills/uploadStill.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../../../protocol/errorCodes.ts';
import { rejection } from '../fakes/rejection.ts';

interface Received {
  method: string | undefined;
  authorization: string | undefined;
  type: string | undefined;
  body: string;
}

describe('sending a still', () => {
  let server: Server;
  let received: Received[];
  /** What is answered, in order; the last one again and again. */
  let answers: ((request: IncomingMessage, response: ServerResponse) => void)[];
  const gone = new AbortController().signal;
  const send = (change: Partial<Parameters<typeof uploadStill>[0]> = {}) => {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/stills/uploads/s1`;
    const blob = new Blob(['picture'], { type: 'image/jpeg' });
    return uploadStill({ url, token: 'secret', blob, timeoutMs: 20_000, signal: gone, ...change });
  };
  const answer = (status: number, code?: ErrorCode) => (_request: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status).end(code ? JSON.stringify({ error: new ChaxiError(code).toBody() }) : '{}');
  const hangUp = (request: IncomingMessage) => void request.socket.destroy();

  beforeEach(async () => {
    received = [];
    answers = [answer(201)];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, headers } = request;
        const body = Buffer.concat(chunks).toString();
        received.push({ method, authorization: headers.authorization, type: headers['content-type'], body });
        (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('puts the picture with its token and type', async () => {
    await send();
    expect(received).to.deep.equal([
      { method: 'PUT', authorization: 'Bearer secret', type: 'image/jpeg', body: 'picture' },
    ]);
  });

  it('sends the whole picture again where the connection breaks or the server is busy', async () => {
    answers = [hangUp, answer(503, 'serverDraining'), answer(201)];
    await send();
    expect(received.map(({ body }) => body)).to.deep.equal(['picture', 'picture', 'picture']);
  });

  it('tells what the server objects to, at once', async () => {
    answers = [answer(413, 'pictureTooLarge')];
    expect((await rejection(send())).code).to.equal('pictureTooLarge');
    expect(received).to.have.length(1);
  });

  it('knows a proxy that refuses its size by its status, whatever it says', async () => {
    answers = [(_request, response) => void response.writeHead(413, { 'content-type': 'text/html' }).end('<html>413')];
    expect((await rejection(send())).code).to.equal('pictureTooLarge');
    expect(received).to.have.length(1);
  });

  it('is not done again where once is enough', async () => {
    answers = [answer(503, 'serverDraining'), answer(201)];
    expect((await rejection(send({ once: true }))).code).to.equal('serverDraining');
    expect(received).to.have.length(1);
  });

  it('tells of a server that does not answer in time', async () => {
    answers = [() => undefined];
    expect((await rejection(send({ timeoutMs: 200 }))).code).to.equal('serverUnreachable');
  });

  it('sends nothing where it is too late already', async () => {
    expect((await rejection(send({ timeoutMs: -5 }))).code).to.equal('serverUnreachable');
    expect(received).to.deep.equal([]);
  });

  it('stops when the room is left', async () => {
    const leaving = new AbortController();
    answers = [() => leaving.abort(), answer(201)];
    await rejection(send({ signal: leaving.signal }));
    expect(received).to.have.length(1);
    await rejection(send({ signal: leaving.signal }));
    expect(received).to.have.length(1);
  });
});
