import { TastingStores } from '../../../server/storage/tasting/TastingStores.ts';
import { recordLog } from '../recordLog.ts';
import type { ContractDatabase } from '../messageStores/ContractStores.ts';
import { noteContract } from './noteContract.ts';
import { recordContract } from './recordContract.ts';

/** The stores of two nodes on one database. One database serves all tests, so each test has a room of its own. */
export interface TwoNodes {
  one: TastingStores;
  two: TastingStores;
}

/** So long everything is kept. */
export const RETENTION_DAYS = 30;

/** What every database under the stores of tastings must do. `start` answers an empty one. */
export function tastingStoresContract(start: () => Promise<ContractDatabase>): void {
  let close: () => Promise<void>;
  const nodes = {} as TwoNodes;

  before(async () => {
    const database = await start();
    const both = [await database.open(), await database.open()] as const;
    const { logger } = recordLog();
    const storesOn = (one: (typeof both)[number]) =>
      new TastingStores({ database: one, isShared: true, retentionDays: RETENTION_DAYS, logger });
    Object.assign(nodes, { one: storesOn(both[0]), two: storesOn(both[1]) });
    close = async () => {
      for (const one of both) await one.destroy();
      await database.close();
    };
  });
  after(() => close());

  describe('documents of rooms', () => recordContract(nodes));
  describe('tasting notes', () => noteContract(nodes));
}
