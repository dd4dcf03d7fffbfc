import { LocalStore } from '../../../server/cluster/local/LocalStore.ts';
import { clusterStoreContract } from '../../helpers/clusterStoreContract.ts';

describe('the store of a cluster within one process', () => {
  let store: LocalStore;
  beforeEach(() => (store = new LocalStore()));

  clusterStoreContract(() => ({ here: store, there: store }));
});
