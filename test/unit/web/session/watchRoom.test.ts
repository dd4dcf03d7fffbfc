import { expect } from 'chai';
import type { Still } from '../../../../client-sdk/src/index.ts';
import { messagesIn } from '../../../../web/src/i18n/languages.ts';
import type { NoticeDetails } from '../../../../web/src/session/Notices.ts';
import type { RoomSession } from '../../../../web/src/session/RoomSession.ts';
import { watchRoom } from '../../../../web/src/session/watchRoom.ts';

const anna = { participantId: 'p-anna', identity: 'anna', name: 'Anna' };
const mei = { participantId: 'p-mei', identity: 'mei', name: 'Mei' };
const wei = { participantId: 'p-wei', identity: 'wei', name: 'Wei' };
const still = {
  stillId: '0001',
  previewUrl: 'https://tea.example/stills/preview-1',
  takenFrom: mei,
  requestedBy: anna,
} as unknown as Still;

describe('what a person hears of a still', () => {
  /** The session of one of them, and what happens in its room. */
  function watch(person: typeof mei) {
    const handlers = new Map<string, (detail: unknown) => void>();
    const said: { text: string; details?: NoticeDetails }[] = [];
    const viewed: string[] = [];
    const room = {
      localParticipant: person,
      on: (name: string, handler: (detail: unknown) => void) => {
        handlers.set(name, handler);
        return room;
      },
    };
    watchRoom({
      room,
      audio: {},
      t: messagesIn('en'),
      stills: { added: () => undefined, view: (stillId: string) => viewed.push(stillId) },
      announce: (text: string, details?: NoticeDetails) => said.push({ text, details }),
      refresh: () => undefined,
    } as unknown as RoomSession);
    const happen = (name: string, detail: unknown) => handlers.get(name)?.(detail);
    return { said, viewed, happen, texts: () => said.map(({ text }) => text) };
  }

  it('of the own camera, is that it was taken, and nothing while it is only asked for', () => {
    const { happen, texts } = watch(mei);
    happen('stillRequested', { stillId: '0001', source: 'teaCloseUp', requestedBy: anna });
    expect(texts()).to.deep.equal([]);
    happen('stillAdded', still);
    expect(texts()).to.deep.equal(['Anna took a still with your camera']);
  });

  it('is who took it, or that the own one is here', () => {
    const [other, asker] = [watch(wei), watch(anna)];
    for (const { happen } of [other, asker]) happen('stillAdded', still);
    expect(other.texts()).to.deep.equal(['Anna took a still']);
    expect(asker.texts()).to.deep.equal(['The still is here']);
  });

  it('of the own camera and by oneself, is that it is here', () => {
    const { happen, texts } = watch(mei);
    happen('stillAdded', { ...still, requestedBy: mei });
    expect(texts()).to.deep.equal(['The still is here']);
  });

  it('comes with a small picture and a button to look at it', () => {
    for (const person of [mei, anna]) {
      const { happen, said, viewed } = watch(person);
      happen('stillAdded', still);
      expect(said[0]?.details?.picture).to.equal(still.previewUrl);
      said[0]?.details?.action?.act();
      expect(viewed).to.deep.equal(['0001']);
    }
  });

  it('comes without a picture where there is no small one', () => {
    const { happen, said } = watch(anna);
    happen('stillAdded', { ...still, previewUrl: null });
    expect(said[0]?.details?.picture).to.equal(undefined);
  });
});

describe('who comes and goes', () => {
  function watch(state: string) {
    const handlers = new Map<string, (person: object) => void>();
    const said: string[] = [];
    const room = {
      state,
      localParticipant: wei,
      on: (name: string, handler: (person: object) => void) => {
        handlers.set(name, handler);
        return room;
      },
    };
    const session = { room, audio: {}, t: messagesIn('en'), announce: (text: string) => said.push(text), refresh() {} };
    watchRoom(session as unknown as RoomSession);
    const happen = (name: string, person: object) => handlers.get(name)?.(person);
    return { said, happen };
  }

  it('is told in the room', () => {
    const { said, happen } = watch('joined');
    happen('participantJoined', { ...anna, asideWith: null });
    happen('participantLeft', { ...anna, asideWith: null });
    expect(said).to.deep.equal(['Anna joined', 'Anna left']);
  });

  it('is not told of who speaks with oneself aside, who has not joined and leaves nobody', () => {
    const { said, happen } = watch('joined');
    happen('participantJoined', { ...anna, asideWith: 'p-wei' });
    happen('participantLeft', { ...anna, asideWith: 'p-wei' });
    expect(said).to.deep.equal([]);
  });

  it('is told of a host who speaks aside, to all and to who is spoken with', () => {
    for (const [state, asideWith] of [
      ['joined', 'p-anna'],
      ['aside', 'p-wei'],
    ] as const) {
      const { said, happen } = watch(state);
      happen('participantLeft', { ...mei, asideWith });
      expect(said).to.deep.equal(['Mei left']);
    }
  });

  it('is not told to who is sent back to the lobby: nobody has left', () => {
    const { said, happen } = watch('lobby');
    happen('participantLeft', { ...mei, asideWith: null });
    expect(said).to.deep.equal([]);
  });
});

describe('a connection that is back', () => {
  it('asks in the room for what was missed; before the door and aside that is done as one comes there', () => {
    for (const state of ['joined', 'lobby', 'aside']) {
      const asked: string[] = [];
      let reconnected: () => void = () => undefined;
      const room = {
        state,
        on: (name: string, handler: typeof reconnected) => {
          if (name === 'reconnected') reconnected = handler;
          return room;
        },
      };
      const stills = { reload: () => asked.push('stills') };
      const notes = { entered: () => asked.push('notes') };
      const session = { room, stills, notes, audio: {}, t: messagesIn('en'), announce: () => asked.push('said') };
      watchRoom(session as unknown as RoomSession);
      reconnected();
      expect(asked).to.deep.equal(state === 'joined' ? ['said', 'stills', 'notes'] : ['said']);
    }
  });
});

describe('a correction of colours that ends by itself', () => {
  it('is told to the person, and to what shows the correction, also while the room reconnects', () => {
    for (const state of ['joined', 'reconnecting']) {
      const told: string[] = [];
      let fail: (error: { code: string }) => void = () => undefined;
      const room = {
        state,
        on: (name: string, handler: typeof fail) => {
          if (name === 'mediaError') fail = handler;
          return room;
        },
      };
      watchRoom({
        room,
        report: (code: string) => told.push(`notice ${code}`),
        cupColor: { lost: (code: string) => told.push(`cup ${code}`) },
      } as unknown as RoomSession);
      fail({ code: 'colorCorrectionFailed' });
      fail({ code: 'mediaFailed' });
      const notices = ['notice colorCorrectionFailed', 'notice mediaFailed'];
      expect(told.filter((text) => text.startsWith('cup'))).to.deep.equal(['cup colorCorrectionFailed']);
      expect(told.filter((text) => text.startsWith('notice'))).to.deep.equal(state === 'joined' ? notices : []);
    }
  });
});
