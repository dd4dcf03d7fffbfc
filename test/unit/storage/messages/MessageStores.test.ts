import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../../../server/storage/sqlite/openSqlite.ts';
import { messageStoresContract } from '../../../helpers/messageStores/messageStoresContract.ts';
import { recordLog } from '../../../helpers/recordLog.ts';

describe('the stores of messaging on SQLite', function () {
  this.timeout(20_000);

  messageStoresContract(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chaxi-test-'));
    return {
      open: () => openSqlite(join(folder, 'chaxi.sqlite'), recordLog().logger),
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  });
});
