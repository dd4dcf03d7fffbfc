import { expect } from 'chai';
import { fetchExport } from '../../../../client-sdk/src/notes/fetchExport.ts';
import { rejection } from '../fakes/rejection.ts';
import { useGlobals } from '../fakes/useGlobals.ts';

describe('the export of a tasting', () => {
  const setGlobal = useGlobals();

  /** Answers like a server, once. */
  function answer(status: number, body: unknown): { url: string; init: RequestInit }[] {
    const asked: { url: string; init: RequestInit }[] = [];
    setGlobal('fetch', (url: string, init: RequestInit) => {
      asked.push({ url, init });
      return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
    });
    return asked;
  }

  it('is asked for with the token, and gives stills with their whole addresses', async () => {
    const still = { stillId: 's1', path: '/stills/k', previewPath: null };
    const asked = answer(200, { room: 'tea', notes: [], guide: null, stills: [still] });
    const tasting = await fetchExport('wss://tea.example/chaxi', 'secret');
    expect(asked[0]?.url).to.equal('https://tea.example/chaxi/tasting');
    expect(asked[0]?.init.headers).to.deep.equal({ Authorization: 'Bearer secret' });
    expect(tasting.room).to.equal('tea');
    expect(tasting.stills).to.deep.equal([
      { stillId: 's1', url: 'https://tea.example/chaxi/stills/k', previewUrl: null },
    ]);
  });

  it('rejects with what the server says, and with serverUnreachable where it is another one that answers, or none', async () => {
    answer(401, { error: { code: 'tokenExpired', message: 'old' } });
    expect((await rejection(fetchExport('https://tea.example', 't'))).code).to.equal('tokenExpired');
    answer(502, '<html>');
    expect((await rejection(fetchExport('https://tea.example', 't'))).code).to.equal('serverUnreachable');
    setGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    expect((await rejection(fetchExport('https://tea.example', 't'))).code).to.equal('serverUnreachable');
  });
});
