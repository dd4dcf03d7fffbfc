import { expect } from 'chai';
import { mock } from 'node:test';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { PictureSearch } from '../../../server/rooms/PictureSearch.ts';

const keyOf = (name: string) => name.padEnd(43, '_');

describe('the search for the node of a picture', () => {
  /** By key: the node, or why there is none. */
  const answers = new Map<string, string | ChaxiError>();
  const gone = new Set<string>();
  let asked: string[];
  let nowMs: number;
  let search: PictureSearch;
  const find = (name: string) => search.find(keyOf(name)).catch((error: ChaxiError) => error.code);

  beforeEach(() => {
    answers.clear();
    gone.clear();
    asked = [];
    nowMs = 1_000;
    mock.method(performance, 'now', () => nowMs);
    search = new PictureSearch({
      ask: async (key) => {
        asked.push(key);
        const answer = answers.get(key) ?? new ChaxiError('stillNotFound');
        if (answer instanceof ChaxiError) throw answer;
        return answer;
      },
      isThere: (nodeId) => !gone.has(nodeId),
    });
  });
  afterEach(() => mock.restoreAll());

  it('asks once for a picture, however many look, and again when the answer is old', async () => {
    answers.set(keyOf('tea'), 'node-2');
    expect(await Promise.all([find('tea'), find('tea')])).to.deep.equal(['node-2', 'node-2']);
    nowMs += 500_000;
    expect(await find('tea')).to.equal('node-2');
    expect(asked).to.have.length(1);
    nowMs += 200_000;
    await find('tea');
    expect(asked).to.have.length(2);
  });

  it('does not send anyone to a node that is gone', async () => {
    answers.set(keyOf('tea'), 'node-2');
    await find('tea');
    gone.add('node-2');
    answers.delete(keyOf('tea'));
    expect(await find('tea')).to.equal('stillNotFound');
  });

  it('remembers for a short time that nobody has one', async () => {
    expect([await find('tea'), await find('tea')]).to.deep.equal(['stillNotFound', 'stillNotFound']);
    expect(asked).to.have.length(1);
    answers.set(keyOf('tea'), 'node-2');
    nowMs += 11_000;
    expect(await find('tea')).to.equal('node-2');
  });

  it('takes a node that does not answer for no answer', async () => {
    answers.set(keyOf('tea'), new ChaxiError('nodeUnavailable'));
    expect(await find('tea')).to.equal('nodeUnavailable');
    answers.set(keyOf('tea'), 'node-2');
    expect(await find('tea')).to.equal('node-2');
  });

  it('asks nobody for what is no address of a picture', async () => {
    for (const key of ['', 'short', `${keyOf('long')}_`, `${'%'.repeat(42)}A`]) {
      expect(await search.find(key).catch((error: ChaxiError) => error.code)).to.equal('stillNotFound');
    }
    expect(asked).to.deep.equal([]);
  });

  it('asks 300 times at once at the most, and 100 times a second, while what is known is answered', async () => {
    answers.set(keyOf('tea'), 'node-2');
    await find('tea');
    const codes = await Promise.all(Array.from({ length: 500 }, (_, index) => find(`unknown-${index}`)));
    expect(codes.filter((code) => code === 'rateLimited')).to.have.length(201);
    expect(await find('tea')).to.equal('node-2');
    nowMs += 1_000;
    const later = await Promise.all(Array.from({ length: 200 }, (_, index) => find(`other-${index}`)));
    expect(later.filter((code) => code === 'stillNotFound')).to.have.length(100);
  });

  it('keeps the latest of very many answers', async () => {
    answers.set(keyOf('tea'), 'node-2').set(keyOf('cake'), 'node-3');
    await find('tea');
    for (let index = 0; index < 9_999; index += 1) {
      nowMs += 10;
      await find(`unknown-${index}`);
    }
    await find('cake');
    asked.length = 0;
    await find('cake');
    expect(asked).to.deep.equal([]);
    await find('tea');
    expect(asked).to.deep.equal([keyOf('tea')]);
  });
});
