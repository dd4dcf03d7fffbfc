import { expect } from 'chai';
import { contentDisposition } from '../../../server/http/contentDisposition.ts';

describe('contentDisposition', () => {
  for (const [name, parameters] of [
    ['cup.jpg', `filename="cup.jpg"; filename*=UTF-8''cup.jpg`],
    ['茶.pdf', `filename="_.pdf"; filename*=UTF-8''%E8%8C%B6.pdf`],
    [`it's (1)*.txt`, `filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
    ['a"b\\c%41.txt', `filename="a_b_c_41.txt"; filename*=UTF-8''a%22b%5Cc%2541.txt`],
    ['a\r\nX: y', `filename="a__X: y"; filename*=UTF-8''a%0D%0AX%3A%20y`],
  ] as const) {
    it(`writes ${JSON.stringify(name)} so that nothing of it ends the header`, () => {
      expect(contentDisposition('attachment', name)).to.equal(`attachment; ${parameters}`);
    });
  }
});
