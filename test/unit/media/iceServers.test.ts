import { expect } from 'chai';
import { configSchema } from '../../../config/schema.ts';
import { iceServersFor } from '../../../server/media/iceServers.ts';

describe('the ICE servers of a participant', () => {
  const stun = { urls: 'stun:stun.example' };
  const turn = {
    urls: ['turn:turn.example:3478?transport=udp', 'turns:turn.example'],
    secret: 'sixteen characters',
    ttlSeconds: 600,
  };
  const configured = (media: object) => configSchema.parse({ media }).media;

  it('are those of the configuration where there is no TURN server with a secret', () => {
    expect(iceServersFor('me', configured({ iceServers: [stun] }), 0)).to.deep.equal([stun]);
  });

  it('are, with one, also that one, with a name that ends in time and the password for it', () => {
    const [first, second] = iceServersFor('me', configured({ iceServers: [stun], turn }), 1_000_900);
    expect(first).to.deep.equal(stun);
    expect(second).to.deep.equal({
      urls: turn.urls,
      username: '1600:me',
      // printf 1600:me | openssl dgst -sha1 -hmac 'sixteen characters' -binary | base64
      credential: 'VA92wqOokefwH1xyvtsreYdiWOg=',
    });
  });

  it('give each participant a name and a password of its own', () => {
    const names = ['me', 'you'].map((id) => iceServersFor(id, configured({ turn }), 0)[0]);
    expect(names[0]?.username).to.not.equal(names[1]?.username);
    expect(names[0]?.credential).to.not.equal(names[1]?.credential);
  });

  for (const [url, good] of [
    ['turn:turn.example', true],
    ['turn:[2001:db8::1]:3478?transport=tcp', true],
    ['turns:turn.example:443', true],
    ['stun:turn.example', false],
    ['turn:turn.example?transport=sctp', false],
    ['turn:', false],
    ['https://turn.example', false],
  ] as const) {
    it(`${good ? 'take' : 'refuse'} the address ${url}`, () => {
      expect(configSchema.safeParse({ media: { turn: { urls: [url] } } }).success).to.equal(good);
    });
  }
});
