import { expect } from 'chai';
import type { types } from 'mediasoup';
import { LayerClimb } from '../../../server/media/LayerClimb.ts';
import { waitFor } from '../../helpers/waitFor.ts';

describe('LayerClimb', () => {
  function fakeConsumer(type: 'simulcast' | 'svc') {
    const preferred: types.ConsumerLayers[] = [];
    const state = {
      type,
      closed: false,
      currentLayers: { spatialLayer: 0 } as types.ConsumerLayers | undefined,
      setPreferredLayers: (layers: types.ConsumerLayers) => Promise.resolve(void preferred.push(layers)),
    };
    return { preferred, state, consumer: state as unknown as types.Consumer };
  }

  it('prefers the layer once it can have come, and is done when it is received', async () => {
    const { consumer, state, preferred } = fakeConsumer('svc');
    const climb = new LayerClimb();
    climb.start(consumer, { spatialLayer: 2 }, 20);
    expect(preferred).to.deep.equal([]);
    await waitFor('three attempts', () => preferred.length >= 5);
    state.currentLayers = { spatialLayer: 2 };
    expect(preferred.slice(0, 3)).to.deep.equal([
      { spatialLayer: 2 },
      { spatialLayer: 2, temporalLayer: 0 },
      { spatialLayer: 2 },
    ]);
    const done = preferred.length;
    await waitFor('an attempt of another', async () => {
      const other = fakeConsumer('svc');
      climb.start(other.consumer, { spatialLayer: 1 }, 20);
      return waitFor('it', () => other.preferred.length >= 3);
    });
    expect(preferred).to.have.lengthOf(done);
  });

  it('gives up where something else is wanted, or the consumer is closed', async () => {
    const climb = new LayerClimb();
    const stopped = fakeConsumer('simulcast');
    const closed = fakeConsumer('simulcast');
    const other = fakeConsumer('simulcast');
    for (const { consumer } of [stopped, closed, other]) climb.start(consumer, { spatialLayer: 1 }, 20);
    climb.stop(stopped.consumer);
    closed.state.closed = true;
    await waitFor('the other to try', () => other.preferred.length > 0);
    expect([...stopped.preferred, ...closed.preferred]).to.deep.equal([]);
  });
});
