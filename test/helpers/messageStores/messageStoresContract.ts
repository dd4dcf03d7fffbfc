import { appendContract } from './appendContract.ts';
import { changeContract } from './changeContract.ts';
import { ContractStores, type ContractDatabase } from './ContractStores.ts';
import { conversationContract } from './conversationContract.ts';
import { filesContract } from './filesContract.ts';
import { keepingContract } from './keepingContract.ts';
import { readingContract } from './readingContract.ts';

/** What every database under the stores of messaging must do. `start` answers an empty one. */
export function messageStoresContract(start: () => Promise<ContractDatabase>): void {
  let opened: ContractStores;
  const stores = () => opened;

  before(async () => {
    opened = await ContractStores.open(await start());
  });
  after(() => opened.close());

  describe('conversations and members', () => conversationContract(stores));
  describe('what is sent', () => appendContract(stores));
  describe('what is changed', () => changeContract(stores));
  describe('what is read', () => readingContract(stores));
  describe('files', () => filesContract(stores));
  describe('retention and personal data', () => keepingContract(stores));
}
