import { expect } from 'chai';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { StillInfo } from '../../../protocol/stills.ts';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';
import { appForSuite, noStills } from './startHttpApp.ts';

describe('stills over HTTP', () => {
  const folder = temporaryFolder();
  const app = appForSuite(() => ({
    config: { http: { rateLimitPerMinute: 9, corsOrigins: ['https://shop.example'] } },
    stills: {
      ...noStills,
      locatePicture: (key) => {
        if (key === 'elsewhere') return Promise.resolve({ url: 'https://two.tea.example/stills/elsewhere' });
        if (key === 'slow') return Promise.reject(new ChaxiError('storageUnavailable'));
        const still = { source: 'camera', takenAt: 1 } as StillInfo;
        return Promise.resolve({
          folder: folder.path,
          name: `${key}.jpg`,
          mimeType: 'image/jpeg',
          kind: 'picture',
          still,
        });
      },
    },
  }));
  const look = (key: string) => fetch(`${app.current.url}/stills/${key}`);
  const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

  for (const [title, key, status, code] of [
    ['is lost', 'lost', 404, 'stillNotFound'],
    ['can not be read', 'loop', 503, 'storageUnavailable'],
  ] as const) {
    it(`say so where the file of a picture ${title}, and the answer is no picture`, async () => {
      // Not even its owner can follow it.
      if (key === 'loop') symlinkSync('loop.jpg', join(folder.path, 'loop.jpg'));
      const response = await look(key);
      expect([response.status, await codeOf(response)]).to.deep.equal([status, code]);
      expect(response.headers.get('content-type')).to.match(/^application\/json/);
      expect(response.headers.get('cache-control')).to.equal('no-store');
      expect(response.headers.get('etag')).to.not.equal(`"${key}.jpg"`);
      expect(response.headers.get('content-disposition')).to.equal(null);
    });
  }

  it('are no error of the log where it is the storage that fails, which says so itself', async () => {
    expect((await look('slow')).status).to.equal(503);
    const ofRequest = app.current.logs.filter(({ message }) => String(message).startsWith('request '));
    expect(ofRequest.map(({ level }) => level)).to.not.include('error');
    expect(ofRequest.filter(({ code }) => code === 'storageUnavailable')).to.not.be.empty;
  });

  it('are sent for to the node that has them, in a way that pages of other origins may follow', async () => {
    const headers = { origin: 'https://shop.example' };
    const response = await fetch(`${app.current.url}/stills/elsewhere`, { redirect: 'manual', headers });
    expect(response.status).to.equal(307);
    expect(response.headers.get('location')).to.equal('https://two.tea.example/stills/elsewhere');
    expect(response.headers.get('access-control-allow-origin')).to.equal('https://shop.example');
    expect(response.headers.get('cross-origin-resource-policy')).to.equal('cross-origin');
    expect(response.headers.get('cache-control')).to.equal('private, max-age=60');
  });

  it('can be sent though as many are looked at as one address may', async () => {
    const looked = await Promise.all(Array.from({ length: 10 }, () => look('lost')));
    expect(looked.map(({ status }) => status)).to.include(429);
    const headers = { authorization: 'Bearer token' };
    for (let count = 0; count < 10; count += 1) {
      const sent = await fetch(`${app.current.url}/stills/uploads/id`, { method: 'PUT', headers, body: 'x' });
      expect(await codeOf(sent)).to.equal('stillNotFound');
    }
  });
});
