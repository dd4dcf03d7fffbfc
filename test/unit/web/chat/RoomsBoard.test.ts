import { expect } from 'chai';
import type { ChaxiMessenger, OpenRoom } from '../../../../client-sdk/src/messaging/index.ts';
import { ChaxiError } from '../../../../client-sdk/src/index.ts';
import { TypedEmitter } from '../../../../client-sdk/src/TypedEmitter.ts';
import { RoomsBoard, type OpenTab } from '../../../../web/src/chat/RoomsBoard.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

const room = (name: string, ...waiting: string[]): OpenRoom => ({
  name,
  metadata: '',
  lobby: true,
  locked: false,
  createdAt: 1,
  people: [],
  waiting: waiting.map((who) => ({ identity: who, name: who, role: 'guest', since: 1 })),
});

/** A messenger of a counter, as far as rooms go. */
class FakeMessenger extends TypedEmitter<{ roomsChanged: [] }> {
  listed: OpenRoom[] = [];
  lists = 0;
  refuse: ChaxiError | null = null;
  hold: Promise<void> = Promise.resolve();
  readonly made: unknown[] = [];
  readonly rooms = {
    list: async () => {
      this.lists += 1;
      const { listed } = this;
      await this.hold;
      return this.#answer(listed);
    },
    create: async (asked: unknown) => {
      this.made.push(asked);
      return this.#answer({});
    },
    enter: async (name: string) => this.#answer(`token of ${name}`),
  };

  tellChanged(): void {
    this.emit('roomsChanged');
  }

  #answer<T>(value: T): T {
    if (this.refuse) throw this.refuse;
    return value;
  }
}

describe('the rooms of a counter in the page', () => {
  const page = Object.getOwnPropertyDescriptor(globalThis, 'location');
  let messenger: FakeMessenger;
  let tab: { shown: string[]; closed: number };
  let openTab: OpenTab;
  let board: RoomsBoard;

  beforeEach(() => {
    Object.defineProperty(globalThis, 'location', { value: { origin: 'http://tea.example' }, configurable: true });
    messenger = new FakeMessenger();
    tab = { shown: [], closed: 0 };
    openTab = () => ({ show: (url) => void tab.shown.push(url), close: () => void (tab.closed += 1) });
    board = new RoomsBoard({ url: 'http://tea.example', language: () => 'zh', openTab: () => openTab() });
  });
  afterEach(() => board.close());
  after(() => {
    if (page) Object.defineProperty(globalThis, 'location', page);
    else Reflect.deleteProperty(globalThis, 'location');
  });

  const watch = async () => {
    board.watch(messenger as unknown as ChaxiMessenger);
    await waitFor('the rooms', () => board.rooms !== null);
  };

  it('are those of the server, and again whenever it says that they changed', async () => {
    messenger.listed = [room('tea', 'Ann', 'Bob')];
    await watch();
    expect([board.rooms, board.waiting]).to.deep.equal([messenger.listed, 2]);
    messenger.listed = [];
    messenger.tellChanged();
    await waitFor('the change', () => board.rooms?.length === 0);
    board.close();
    messenger.tellChanged();
    expect(messenger.lists).to.equal(2);
  });

  it('are asked for once more, and not twice, when they change while they are asked for', async () => {
    await watch();
    const { promise, resolve } = Promise.withResolvers<void>();
    messenger.hold = promise;
    for (let times = 0; times < 3; times += 1) messenger.tellChanged();
    messenger.listed = [room('new')];
    resolve();
    await waitFor('the new room', () => board.rooms?.length === 1);
    expect(messenger.lists).to.equal(3);
  });

  it('are entered in a tab that was opened in the click', async () => {
    await watch();
    await board.enter('tea');
    expect(tab).to.deep.equal({ shown: ['http://tea.example/room#token=token+of+tea&lang=zh'], closed: 0 });
    expect([board.entering, board.blocked, board.error]).to.deep.equal([null, null, null]);
  });

  it('are a link where the browser opens no tab', async () => {
    await watch();
    openTab = () => null;
    await board.enter('tea');
    expect(board.blocked).to.deep.equal({ room: 'tea', url: 'http://tea.example/room#token=token+of+tea&lang=zh' });
  });

  it('close the tab again where they can not be entered', async () => {
    await watch();
    messenger.refuse = new ChaxiError('notAllowed');
    await board.enter('tea');
    expect([tab, board.error]).to.deep.equal([{ shown: [], closed: 1 }, 'notAllowed']);
  });

  it('are opened, or it is said why not', async () => {
    await watch();
    expect(await board.create('new', true)).to.equal(true);
    expect([messenger.made, messenger.lists]).to.deep.equal([[{ name: 'new', lobby: true }], 2]);
    messenger.refuse = new ChaxiError('roomExists');
    expect(await board.create('new', true)).to.equal(false);
    expect(board.error).to.equal('roomExists');
  });
});
