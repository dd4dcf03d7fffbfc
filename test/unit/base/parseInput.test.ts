import { expect } from 'chai';
import { z } from 'zod';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { parseInput } from '../../../server/base/parseInput.ts';

describe('parseInput', () => {
  const schema = z.object({ list: z.array(z.object({ size: z.int() })), on: z.boolean().default(true) });

  it('gives the parsed value, defaults filled in and unknown keys dropped', () => {
    expect(parseInput(schema, { list: [{ size: 1, x: 2 }] })).to.deep.equal({ list: [{ size: 1 }], on: true });
  });

  for (const [title, input, root, path] of [
    ['a deep field', { list: [{ size: 1 }, { size: 'x' }] }, undefined, 'list.1.size'],
    ['a field below a root', { list: 1 }, 'hello', 'hello.list'],
    ['the whole', null, undefined, ''],
    ['the whole below a root', null, 'hello', 'hello'],
  ] as const) {
    it(`refuses with the path of ${title}`, () => {
      expect(() => parseInput(schema, input, root))
        .to.throw(ChaxiError)
        .that.includes({ code: 'badRequest', path });
    });
  }
});
