import { expect } from 'chai';
import type { MessageList, SdkReport } from '../../../../bench/clients/sdkMessengerProcess.ts';
import { faultsOf } from '../../../../bench/scenarios/messagesLists.ts';

/** `a1@5`: the first message by a, with the `seq` 5. */
function list(text: string): MessageList {
  const parts = text.split(' ').filter(Boolean);
  return {
    writers: parts.map((part) => part[0]!),
    numbers: parts.map((part) => Number(/\d+/.exec(part)![0])),
    seqs: parts.map((part) => Number(part.split('@')[1])),
  };
}

const stored = list('a1@1 b1@2 a2@3 b2@4');
const nothing = { lost: 0, doubled: 0, disordered: 0, differing: 0 };

function faults(more: Partial<Record<'acknowledged' | 'shown' | 'came', MessageList>>, found = stored) {
  const report: SdkReport = {
    ...{ identity: 'b', conversationId: 'tea', acknowledged: list('b1@2 b2@4'), acknowledgedMs: [], shown: stored },
    ...{ came: list('a1@1 a2@3'), cameAtMs: [], deliveredMs: [], ...more },
  };
  return faultsOf([report], new Map([['tea', found]]));
}

describe('faultsOf', () => {
  it('finds none where everyone has everything', () => {
    expect(faults({})).to.deep.equal(nothing);
  });

  it('counts what was acknowledged and is not there, or is elsewhere', () => {
    expect(faults({ acknowledged: list('b1@2 b2@4 b3@5') }).lost).to.equal(1);
    expect(faults({ acknowledged: list('b1@2 b2@5') }).lost).to.equal(1);
  });

  it('counts what is stored or came twice', () => {
    const twice = list('a1@1 b1@2 a2@3 b2@4 b2@5');
    expect(faults({ shown: twice }, twice)).to.deep.equal({ ...nothing, doubled: 1 });
    expect(faults({ came: list('a1@1 a1@1 a2@3') })).to.deep.equal({ ...nothing, doubled: 1 });
  });

  it('counts what stands or came before something earlier', () => {
    const swapped = list('a1@1 b2@2 a2@3 b1@4');
    expect(faults({ acknowledged: list('b1@4 b2@2'), shown: swapped }, swapped)).to.deep.equal({
      ...nothing,
      disordered: 1,
    });
    expect(faults({ came: list('a2@3 a1@1') })).to.deep.equal({ ...nothing, disordered: 1 });
  });

  it('counts those who have another list than someone who comes afterwards', () => {
    expect(faults({ shown: list('a1@1 b1@2 b2@4') })).to.deep.equal({ ...nothing, differing: 1 });
    expect(faults({}, list(''))).to.deep.equal({ ...nothing, lost: 2, differing: 1 });
  });
});
