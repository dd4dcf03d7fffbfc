import { expect } from 'chai';
import { isOrigin, toOrigin } from '../../../config/origin.ts';

describe('isOrigin', () => {
  for (const [value, expected] of [
    ['https://tea.example', true],
    ['https://tea.example/', true],
    ['http://127.0.0.1:4480', true],
    ['http://[::1]:4480', true],
    ['https://tea.example:443', false],
    ['https://tea.example/room', false],
    ['https://tea.example?a', false],
    ['https://user@tea.example', false],
    ['ws://tea.example', false],
    ['tea.example', false],
    ['null', false],
    ['*', false],
    ['', false],
  ] as const) {
    it(`says ${expected} of ${JSON.stringify(value)}`, () => {
      expect(isOrigin(value)).to.equal(expected);
    });
  }

  it('drops the closing slash', () => {
    expect(toOrigin('https://tea.example/')).to.equal('https://tea.example');
  });
});
