import { performance } from 'node:perf_hooks';
import { demandChange, layerArrivalMs, layersInDemand, LOWER_DELAY_MS, type Watching } from './demandPolicy.ts';
import type { Member, Publication } from './Member.ts';
import type { Subscription } from './Participant.ts';
import type { PublishedTrack } from './PublishedTrack.ts';

interface Supply extends Publication {
  watchers: Set<Subscription>;
  /** By node, as its people watch it there. */
  remote: Map<string, Watching>;
  lowering: NodeJS.Timeout | undefined;
  /** After more was asked for: the layers that were sent before, and until when, in milliseconds of the node's clock. */
  waking: { layers: number; until: number };
}

/** Tells the publishers of one room how much of their videos is watched, over all routers of the room. */
export class LayerDemand {
  /** By producer id. */
  readonly #supplies = new Map<string, Supply>();

  /** A new video. Its publisher takes all of it for wanted until told otherwise. */
  add(publisher: Member, track: PublishedTrack): void {
    if (track.kind !== 'video' || track.closed) return;
    const supply: Supply = {
      publisher,
      track,
      watchers: new Set(),
      remote: new Map(),
      lowering: undefined,
      waking: { layers: 0, until: 0 },
    };
    this.#supplies.set(track.producerId, supply);
    track.onClosed(() => {
      clearTimeout(supply.lowering);
      this.#supplies.delete(track.producerId);
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

  /** So many layers of a video are watched on another node, which has waited by itself before it said that these are less. */
  setRemote(nodeId: string, producerId: string, layers: number): void {
    const supply = this.#supplies.get(producerId);
    if (!supply) return;
    supply.remote.set(nodeId, { paused: layers === 0, layers: { spatialLayer: layers - 1 } });
    if (supply.lowering) this.#compare(supply);
    else this.#tell(supply, demandOf(supply));
  }

  /** Nobody watches anything on that node any more. */
  forgetNode(nodeId: string): void {
    for (const supply of this.#supplies.values()) if (supply.remote.delete(nodeId)) this.#compare(supply);
  }

  /** What someone wants of a video changed. */
  update(producerId: string): void {
    const supply = this.#supplies.get(producerId);
    if (supply) this.#compare(supply);
  }

  /** Someone is about to watch these in full: asked for now, the pictures are on their way when the consumers are made. */
  expect(tracks: readonly PublishedTrack[]): void {
    for (const track of tracks) {
      const supply = this.#supplies.get(track.producerId);
      if (!supply) continue;
      this.#tell(supply, track.spatialLayers);
      this.#lowerLater(supply);
    }
  }

  /** Of a video that is being woken, how many layers are there all the while, and when the others can be; else null. */
  waking(producerId: string): { layers: number; remainingMs: number } | null {
    const { layers, until } = this.#supplies.get(producerId)?.waking ?? { layers: 0, until: 0 };
    const remainingMs = until - performance.now();
    return remainingMs > 0 ? { layers, remainingMs } : null;
  }

  #compare(supply: Supply): void {
    const demand = demandOf(supply);
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
      this.#tell(supply, demandOf(supply));
    }, LOWER_DELAY_MS);
  }

  #tell(supply: Supply, layers: number): void {
    const { publisher, track } = supply;
    if (track.layersWanted === layers) return;
    const there = Math.min(layers, track.layersWanted, this.waking(track.producerId)?.layers ?? Infinity);
    if (layers > track.layersWanted) {
      supply.waking = { layers: there, until: performance.now() + layerArrivalMs(publisher.rttMs) };
    } else {
      supply.waking.layers = there;
    }
    track.layersWanted = layers;
    publisher.tellLayersWanted(track.producerId, layers);
  }
}

function demandOf({ watchers, remote }: Supply): number {
  return layersInDemand([...watchers, ...remote.values()]);
}
