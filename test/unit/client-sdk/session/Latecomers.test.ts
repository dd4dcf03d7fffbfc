import { expect } from 'chai';
import { Latecomers } from '../../../../client-sdk/src/session/Latecomers.ts';
import type { ConsumerInfo } from '../../../../protocol/signaling.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { consumerInfo } from '../fakes/media.ts';

describe('Latecomers', () => {
  function make(joining: boolean) {
    const arrived: ConsumerInfo[] = [];
    let asked = 0;
    const latecomers = new Latecomers({
      joining: () => joining,
      subscribe: () => {
        asked += 1;
        return Promise.resolve({ consumers: [consumerInfo({ producerId: 'p9' })] });
      },
      arrived: (consumers) => void arrived.push(...consumers),
      failed: () => undefined,
    });
    return { latecomers, arrived, asked: () => asked };
  }

  it('are asked for when the first picture is there, once', async () => {
    const { latecomers, arrived, asked } = make(true);
    latecomers.want();
    expect(asked()).to.equal(0);
    latecomers.hurry();
    latecomers.hurry();
    await waitFor('the rest', () => arrived.length > 0);
    expect(asked()).to.equal(1);
  });

  it('are asked for at once where no join is under way', async () => {
    const { latecomers, arrived } = make(false);
    latecomers.want();
    await waitFor('the rest', () => arrived.length > 0);
  });

  it('are asked for in the end where no picture comes', async () => {
    const { latecomers, arrived } = make(true);
    latecomers.want();
    await waitFor('the rest', () => arrived.length > 0);
  });

  it('are not asked for after the end', () => {
    const { latecomers, asked } = make(true);
    latecomers.want();
    latecomers.close();
    latecomers.hurry();
    expect(asked()).to.equal(0);
  });
});
