import { join } from 'node:path';
import { openSqlite } from '../../../server/storage/sqlite/openSqlite.ts';
import { StillStore } from '../../../server/storage/StillStore.ts';
import { recordLog } from '../../helpers/recordLog.ts';
import { stillStoreContract } from '../../helpers/stillStoreContract.ts';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';

describe('the store of stills', () => {
  const folder = temporaryFolder();
  const { logger } = recordLog();

  describe('on SQLite', () => {
    stillStoreContract(async () => {
      const database = await openSqlite(join(folder.path, 'chaxi.sqlite'), logger);
      return { store: new StillStore(database), close: () => database.destroy() };
    });
  });
});
