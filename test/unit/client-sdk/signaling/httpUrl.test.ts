import { expect } from 'chai';
import { httpUrl } from '../../../../client-sdk/src/signaling/httpUrl.ts';

describe('the address of a path below the server’s', () => {
  for (const [server, expected] of [
    ['https://tea.example', 'https://tea.example/stills/a?corrected=1'],
    ['https://tea.example:4480/', 'https://tea.example:4480/stills/a?corrected=1'],
    ['wss://tea.example/behind/a/proxy/', 'https://tea.example/behind/a/proxy/stills/a?corrected=1'],
    ['ws://localhost:4480', 'http://localhost:4480/stills/a?corrected=1'],
    ['http://localhost:4480/?left=out#too', 'http://localhost:4480/stills/a?corrected=1'],
  ] as const) {
    it(`is that of ${server} by http`, () => {
      expect(httpUrl(server, '/stills/a?corrected=1')).to.equal(expected);
    });
  }
});
