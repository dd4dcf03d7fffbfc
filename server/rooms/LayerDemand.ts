import { spatialLayers } from '../media/spatialLayers.ts';
import { demandChange, layersInDemand, LOWER_DELAY_MS } from './demandPolicy.ts';
import type { Participant, Publication, PublishedTrack, Subscription } from './Participant.ts';

interface Supply {
  publisher: Participant;
  track: PublishedTrack;
  watchers: Set<Subscription>;
  lowering: NodeJS.Timeout | undefined;
}

/** Tells the publishers of one room how much of their videos is watched, over all routers of the room. */
export class LayerDemand {
  /** By producer id. */
  readonly #supplies = new Map<string, Supply>();

  /** A new video. Its publisher takes all of it for wanted until told otherwise. */
  add(publisher: Participant, track: PublishedTrack): void {
    const { producer } = track;
    if (producer.kind !== 'video' || producer.closed) return;
    const supply: Supply = { publisher, track, watchers: new Set(), lowering: undefined };
    this.#supplies.set(producer.id, supply);
    producer.observer.once('close', () => {
      clearTimeout(supply.lowering);
      this.#supplies.delete(producer.id);
    });
    this.#compare(supply);
  }

  /** A consumer counts as soon as it is not paused, until it closes for whatever reason. */
  watch(subscription: Subscription): void {
    const { consumer } = subscription;
    const supply = this.#supplies.get(consumer.producerId);
    if (!supply) return;
    supply.watchers.add(subscription);
    consumer.observer.once('close', () => {
      supply.watchers.delete(subscription);
      this.update(consumer.producerId);
    });
    this.#compare(supply);
  }

  /** What someone wants of a video changed. */
  update(producerId: string): void {
    const supply = this.#supplies.get(producerId);
    if (supply) this.#compare(supply);
  }

  /** Someone is about to watch these in full: asked for now, the pictures are on their way when the consumers are made. */
  expect(publications: readonly Publication[]): void {
    for (const { track } of publications) {
      const supply = this.#supplies.get(track.producer.id);
      if (!supply) continue;
      this.#tell(supply, spatialLayers(track.producer.rtpParameters));
      this.#lowerLater(supply);
    }
  }

  #compare(supply: Supply): void {
    const demand = layersInDemand(supply.watchers);
    const change = demandChange(demand, supply.track.layersWanted);
    if (change === 'lowerLater') {
      if (!supply.lowering) this.#lowerLater(supply);
      return;
    }
    clearTimeout(supply.lowering);
    supply.lowering = undefined;
    this.#tell(supply, demand);
  }

  #lowerLater(supply: Supply): void {
    clearTimeout(supply.lowering);
    supply.lowering = setTimeout(() => {
      supply.lowering = undefined;
      this.#tell(supply, layersInDemand(supply.watchers));
    }, LOWER_DELAY_MS);
  }

  #tell({ publisher, track }: Supply, layers: number): void {
    if (track.layersWanted === layers) return;
    track.layersWanted = layers;
    publisher.notify('layersWanted', { producerId: track.producer.id, spatialLayers: layers });
  }
}
