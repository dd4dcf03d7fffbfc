import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../../../server/storage/sqlite/openSqlite.ts';
import { inviteStoreContract } from '../../../helpers/inviteStoreContract.ts';
import { recordLog } from '../../../helpers/recordLog.ts';

describe('the store of invitations on SQLite', function () {
  this.timeout(20_000);

  inviteStoreContract(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chaxi-test-'));
    return {
      open: () => openSqlite(join(folder, 'chaxi.sqlite'), recordLog().logger),
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  });
});
