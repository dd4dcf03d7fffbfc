import { openPostgres } from '../../server/storage/postgres/openPostgres.ts';
import { StillStore } from '../../server/storage/StillStore.ts';
import { inviteStoreContract } from '../helpers/inviteStoreContract.ts';
import { messageStoresContract } from '../helpers/messageStores/messageStoresContract.ts';
import { PostgresServer } from '../helpers/PostgresServer.ts';
import { recordLog } from '../helpers/recordLog.ts';
import { stillStoreContract } from '../helpers/stillStoreContract.ts';
import { tastingStoresContract } from '../helpers/tastingStores/tastingStoresContract.ts';

describe('on PostgreSQL', function () {
  this.timeout(30_000);
  let server: PostgresServer;
  const { logger } = recordLog();
  const settings = { caFile: null, poolSize: 5 };

  before(async () => {
    server = await PostgresServer.start();
  });
  after(() => server.close());

  describe('the stores of messaging', () => {
    messageStoresContract(async () => {
      const url = await server.createDatabase();
      return { open: () => openPostgres({ ...settings, url }, logger), close: async () => {} };
    });
  });

  describe('the store of invitations', () => {
    inviteStoreContract(async () => {
      const url = await server.createDatabase();
      return { open: () => openPostgres({ ...settings, url }, logger), close: async () => {} };
    });
  });

  describe('the stores of tastings', () => {
    tastingStoresContract(async () => {
      const url = await server.createDatabase();
      return { open: () => openPostgres({ ...settings, url }, logger), close: async () => {} };
    });
  });

  describe('the store of stills', () => {
    stillStoreContract(async () => {
      const database = await openPostgres({ ...settings, url: await server.createDatabase() }, logger);
      return { store: new StillStore(database), close: () => database.destroy() };
    });
  });
});
