import { expect } from 'chai';
import { signalingUrl } from '../../../../client-sdk/src/signaling/signalingUrl.ts';

describe('signalingUrl', () => {
  const cases: [server: string, address: string][] = [
    ['https://tea.example:4480', 'wss://tea.example:4480/signaling?v=1&token=t&hello=h'],
    ['http://127.0.0.1:4480/', 'ws://127.0.0.1:4480/signaling?v=1&token=t&hello=h'],
    ['wss://tea.example', 'wss://tea.example/signaling?v=1&token=t&hello=h'],
    ['https://tea.example/chaxi/?x=1#y', 'wss://tea.example/chaxi/signaling?v=1&token=t&hello=h'],
  ];
  for (const [server, address] of cases) {
    it(`makes ${address} of ${server}`, () => expect(signalingUrl(server, 't', 'h')).to.equal(address));
  }

  it('escapes what a token may hold', () => {
    const url = new URL(signalingUrl('https://tea.example', 'a+b/c=&d', 'h'));
    expect(url.searchParams.get('token')).to.equal('a+b/c=&d');
  });

  it('throws TypeError for what is no address', () => {
    expect(() => signalingUrl('tea.example', 't', 'h')).to.throw(TypeError);
  });
});
