import { expect } from 'chai';
import { AttachmentUrls } from '../../../../../client-sdk/src/messaging/conversation/AttachmentUrls.ts';
import type { AttachmentInfo } from '../../../../../protocol/messages.ts';
import { ChaxiError } from '../../../../../protocol/ChaxiError.ts';
import { usePageClock } from '../../fakes/pageClock.ts';
import { rejection } from '../../fakes/rejection.ts';

const leaf = { attachmentId: 'leaf' } as AttachmentInfo;

describe('AttachmentUrls', () => {
  const clock = usePageClock();
  let asked: number;
  let failure: ChaxiError | null;
  let urls: AttachmentUrls;
  beforeEach(() => {
    [asked, failure] = [0, null];
    urls = new AttachmentUrls({
      conversationId: 'tea',
      serverUrl: () => 'https://one.example',
      request: (async () => {
        asked++;
        if (failure) throw failure;
        return { path: `/files/${asked}`, previewPath: `/files/${asked}/small`, expiresInMs: 10_000 };
      }) as never,
    });
  });

  it('asks once for a link that several want', async () => {
    const links = await Promise.all([urls.get(leaf), urls.get(leaf)]);
    expect(links[0]).to.deep.equal({
      url: 'https://one.example/files/1',
      previewUrl: 'https://one.example/files/1/small',
    });
    expect([links[1], asked]).to.deep.equal([links[0], 1]);
  });

  it('asks again before a link expires', async () => {
    await urls.get(leaf);
    await clock.pass(7_900);
    await urls.get(leaf);
    expect(asked).to.equal(1);
    await clock.pass(200);
    expect((await urls.get(leaf)).url).to.equal('https://one.example/files/2');
  });

  it('asks again after it could not be had', async () => {
    failure = new ChaxiError('connectionLost');
    await rejection(urls.get(leaf));
    failure = null;
    expect((await urls.get(leaf)).url).to.equal('https://one.example/files/2');
  });
});
