import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../../../server/storage/sqlite/openSqlite.ts';
import { recordLog } from '../../../helpers/recordLog.ts';
import { tastingStoresContract } from '../../../helpers/tastingStores/tastingStoresContract.ts';

describe('the stores of tastings on SQLite', function () {
  this.timeout(20_000);

  tastingStoresContract(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chaxi-test-'));
    return {
      open: () => openSqlite(join(folder, 'chaxi.sqlite'), recordLog().logger),
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  });
});
