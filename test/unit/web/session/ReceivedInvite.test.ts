import { expect } from 'chai';
import { ChaxiError, type RedeemedInvite, type RedeemInviteOptions } from '../../../../client-sdk/src/index.ts';
import { ReceivedInvite } from '../../../../web/src/session/ReceivedInvite.ts';
import { InviteMemory, parseKept } from '../../../../web/src/session/inviteMemory.ts';

const CODE = '0190.secret';

describe('an invitation in the page', () => {
  let kept: string | null;
  let asked: RedeemInviteOptions[];
  let answer: (options: RedeemInviteOptions) => RedeemedInvite;
  const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  const named = { room: '春茶', role: 'expert', name: 'Dr. Chen', invitedBy: 'Li', token: 'a.b.c' } as const;
  const nameless = ({ name = null }: { name?: string | null }) => ({ ...named, name, token: name && 'a.b.c' });

  beforeEach(() => {
    kept = null;
    asked = [];
    answer = () => named;
    const storage = { getItem: () => kept, setItem: (_key: string, text: string) => void (kept = text) };
    Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  });
  after(() => {
    if (before) Object.defineProperty(globalThis, 'localStorage', before);
    else Reflect.deleteProperty(globalThis, 'localStorage');
  });

  const make = () =>
    new ReceivedInvite({
      url: 'http://tea.example',
      code: CODE,
      redeem: async (options) => {
        asked.push(options);
        return answer(options);
      },
    });

  it('is shown before one goes in', async () => {
    const invitation = make();
    await invitation.open();
    expect([invitation.invite, invitation.token]).to.deep.equal([named, null]);
    await invitation.enter();
    expect(invitation.token).to.equal('a.b.c');
    expect(asked).to.have.length(1);
  });

  it('leads in at once after a reload, as the same device', async () => {
    const first = make();
    await first.open();
    await first.enter();
    const again = make();
    await again.open();
    expect(again.token).to.equal('a.b.c');
    expect(asked[1]?.device)
      .to.equal(asked[0]?.device)
      .and.match(/^[A-Za-z0-9_-]{22,64}$/);
  });

  it('is opened with the name that was asked for', async () => {
    answer = nameless;
    const invitation = make();
    await invitation.open();
    expect(invitation.token).to.equal(null);
    await invitation.enter('王阿姨');
    expect(asked.map(({ name }) => name)).to.deep.equal([undefined, '王阿姨']);
    expect(invitation.token).to.equal('a.b.c');
  });

  it('says why it does not open, and can be tried again', async () => {
    answer = () => {
      throw new ChaxiError('serverUnreachable');
    };
    const invitation = make();
    await invitation.open();
    expect([invitation.error, invitation.busy]).to.deep.equal(['serverUnreachable', false]);
    answer = () => named;
    await invitation.open();
    expect([invitation.error, invitation.invite]).to.deep.equal([null, named]);
  });

  it('does not lead in where the name was not taken', async () => {
    answer = nameless;
    const invitation = make();
    await invitation.open();
    answer = () => {
      throw new ChaxiError('inviteUsedUp');
    };
    await invitation.enter('Ann');
    expect([invitation.error, invitation.token]).to.deep.equal(['inviteUsedUp', null]);
  });
});

describe('what a browser remembers of invitations', () => {
  it('is nothing where it was not written by this page', () => {
    for (const text of [null, '', 'x', 'null', '[]', '{"device":"short","entered":7}']) {
      expect(parseKept(text), String(text)).to.deep.equal({});
    }
  });

  it('holds for the page where nothing can be kept', () => {
    const memory = new InviteMemory();
    memory.noteEntered('0190');
    expect([memory.hasEntered('0190'), memory.hasEntered('0191')]).to.deep.equal([true, false]);
  });
});
