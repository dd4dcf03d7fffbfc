import { ContractStores, type ContractDatabase } from './ContractStores.ts';
import { conversationContract } from './conversationContract.ts';
import { keepingContract } from './keepingContract.ts';
import { messageContract } from './messageContract.ts';

/** What every database under the stores of messaging must do. `start` answers an empty one. */
export function messageStoresContract(start: () => Promise<ContractDatabase>): void {
  let opened: ContractStores;
  const stores = () => opened;

  before(async () => {
    opened = await ContractStores.open(await start());
  });
  after(() => opened.close());

  describe('conversations and members', () => conversationContract(stores));
  describe('messages', () => messageContract(stores));
  describe('files, retention and personal data', () => keepingContract(stores));
}
