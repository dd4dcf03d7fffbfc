import { expect } from 'chai';
import { TastingTable } from '../../../../client-sdk/src/session/TastingTable.ts';
import { snapshot } from '../fakes/infos.ts';
import { recordEvents } from '../fakes/recordEvents.ts';
import { silentLogger } from '../fakes/silentLogger.ts';

describe('the table of a tasting', () => {
  it('asks again after each welcome in the room for what a page asked for before', async () => {
    const asked: string[] = [];
    const table = new TastingTable({
      url: 'https://tea.example',
      request: (method) => {
        asked.push(method);
        return Promise.resolve({ notes: [], invites: [], teas: [] } as never);
      },
      isReady: () => true,
      fetchExport: () => Promise.reject(new Error('not asked for')),
      emit: recordEvents().emit,
      logger: silentLogger,
    });
    await Promise.all([table.notes.load(), table.notes.summary(), table.invites.list()]);
    asked.length = 0;
    table.welcomed(snapshot({ stage: 'lobby' }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).to.deep.equal([]);
    table.welcomed(snapshot());
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).to.have.members(['listNotes', 'summarizeNotes', 'listInvites']);
    table.left();
    asked.length = 0;
    table.welcomed(snapshot());
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).to.deep.equal(['listNotes']);
  });
});
