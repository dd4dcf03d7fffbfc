import { expect } from 'chai';
import type { CreateInvite, Invite } from '../../protocol/invites.ts';
import { expectAccessible } from '../helpers/accessibility.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, type RoomPageOptions } from '../helpers/RoomPage.ts';
import type { SignalingClient } from '../helpers/SignalingClient.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the page of an invitation', function () {
  this.timeout(60_000);
  let node: TestServer;
  let chromium: Chromium;
  let host: SignalingClient;
  const visitors = new Visitors(() => node);
  const people: RoomPage[] = [];

  before(async () => {
    node = await startTestServer({ rooms: { lobby: true } });
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  beforeEach(async () => {
    ({ client: host } = await visitors.join('host', { role: 'host', name: '李师傅', room: '春茶' }));
    await host.request('listInvites', {});
  });
  afterEach(async () => {
    await Promise.all(people.splice(0).map((person) => person.close()));
    visitors.clear();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  const invite = async (asked: Partial<CreateInvite> = {}): Promise<Invite> =>
    (await host.request('createInvite', { role: 'expert', name: 'Dr. Chen', ...asked })).invite;
  /** In a browser that knows nothing yet. */
  const visit = async ({ path }: Invite, { language = 'en', ...options }: RoomPageOptions = {}) => {
    const person = await RoomPage.visit(chromium.browser, `${node.url}${path}&lang=${language}`, options);
    people.push(person);
    return person;
  };
  const stateIs = (state: Invite['state']) =>
    host.notification('inviteChanged', ({ invite: changed }) => changed.state === state);

  it('says who invites to what, and leads into the lobby, where the host sees the expert wait', async () => {
    const chen = await visit(await invite());
    await chen.reads('李师傅 invites you to');
    await chen.reads('For Dr. Chen');
    expect(await chen.page.title()).to.include('春茶');
    await expectAccessible(chen, 'an invitation');
    await stateIs('opened');
    await chen.press('To the table');
    await chen.sees('>>> cx-preview >>> video');
    await chen.press('Join');
    await chen.reads('One moment, please');
    const { invite: waiting } = await stateIs('lobby');
    expect(waiting.people.map(({ name }) => name)).to.deep.equal(['Dr. Chen']);
    // No token is in the address, and a reload leads back without a word.
    expect(chen.page.url()).to.not.include('token');
    await chen.page.reload();
    await chen.sees('>>> cx-preview >>> video');
    expect((await host.request('listInvites', {})).invites[0]?.people).to.have.length(1);
  });

  it('asks for a name where there is none, on a phone and in Chinese', async () => {
    const made = await invite({ role: 'guest', name: null });
    const wang = await visit(made, { language: 'zh', phone: true });
    await wang.reads('李师傅邀您入席');
    await wang.reads('您将以茶客身份入席。');
    expect(await wang.words()).to.satisfy((words: string[]) => !words.some((text) => /invite|name/i.test(text)));
    await expectAccessible(wang, 'an invitation without a name');
    const field = await wang.find('您的称呼', 'textbox');
    await field.focus();
    await wang.page.keyboard.type('王阿姨');
    await wang.press('入席');
    await wang.sees('>>> cx-preview >>> video');
    const { invite: opened } = await stateIs('opened');
    expect(opened.people.map(({ name }) => name)).to.deep.equal(['王阿姨']);
  });

  it('says calmly why it does not open', async () => {
    const [used, revoked] = [await invite(), await invite()];
    await (await visit(used)).reads('To the table');
    const late = await visit(used);
    await late.reads('This invitation is used up');
    await expectAccessible(late, 'an invitation that is used up');
    await host.request('revokeInvite', { inviteId: revoked.inviteId });
    await (await visit(revoked, { language: 'zh' })).reads('邀请已被收回');
    await (await visit({ ...used, path: `${used.path}x` })).reads('There is no such invitation');
  });

  it('sends away who waits by it when it is taken back', async () => {
    const made = await invite();
    const chen = await visit(made);
    await chen.press('To the table');
    await chen.sees('>>> cx-preview >>> video');
    await chen.press('Join');
    await stateIs('lobby');
    await host.request('revokeInvite', { inviteId: made.inviteId });
    await chen.reads('This invitation was taken back');
    await waitFor('the state', () => host.received('inviteChanged').at(-1)?.invite.state === 'revoked');
  });
});
