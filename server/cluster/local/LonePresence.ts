import type { NodeRecord } from '../NodeRecord.ts';
import type { Presence } from '../Presence.ts';

/** Of a node without a cluster. It is there as long as it runs, however long it may stand still meanwhile. */
export class LonePresence implements Presence {
  readonly settled = true;
  readonly urls: string[] = [];
  readonly #describe: () => NodeRecord;

  constructor(describe: () => NodeRecord) {
    this.#describe = describe;
  }

  get nodes(): NodeRecord[] {
    return [this.#describe()];
  }

  async announce(): Promise<void> {}

  async close(): Promise<void> {}
}
