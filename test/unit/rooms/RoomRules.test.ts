import { expect } from 'chai';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Participant } from '../../../server/rooms/Participant.ts';
import { rulesPart } from '../../../server/rooms/records/rulesPart.ts';
import { SharedRecord } from '../../../server/rooms/records/SharedRecord.ts';
import { RoomRules } from '../../../server/rooms/RoomRules.ts';
import type { StoredRecord } from '../../../server/storage/tasting/RoomRecordStore.ts';
import { codeOf } from '../../helpers/messageStores/fixtures.ts';

describe('the rules of a room', () => {
  it('ban someone whole whom the database had banned, though it answered too late', async () => {
    let written: StoredRecord | undefined;
    const record = new SharedRecord({
      name: 'rules',
      part: rulesPart,
      link: {
        nodeId: 'node',
        load: () => Promise.resolve(),
        replace: (next) => {
          written = next;
          return Promise.reject(new ChaxiError('storageUnavailable'));
        },
        tell: () => {},
        doubt: () => {},
      },
    });
    const sessionOf = (identity: string) =>
      ({ identity, joined: true, grants: { moderate: true } }) as Partial<Participant> as Participant;
    const [host, ann] = [sessionOf('host'), sessionOf('ann')];
    const log: string[] = [];
    const rules = new RoomRules({
      record,
      sessions: () => [host, ann],
      members: () => [],
      end: ({ identity }) => void log.push(`${identity} is sent away`),
      onBanned: (identity) => void log.push(`${identity} is banned`),
    });
    expect(await codeOf(rules.ban(host, { identity: 'ann', name: 'Ann' }))).to.equal('storageUnavailable');
    expect(log).to.deep.equal([]);
    record.takeStored(written!);
    expect(log).to.deep.equal(['ann is sent away', 'ann is banned']);
  });
});
