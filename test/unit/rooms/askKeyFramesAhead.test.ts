import { expect } from 'chai';
import type { MediaSession } from '../../../server/media/MediaSession.ts';
import { askKeyFramesAhead } from '../../../server/rooms/askKeyFramesAhead.ts';
import type { Publication } from '../../../server/rooms/Member.ts';
import type { Participant } from '../../../server/rooms/Participant.ts';

describe('asking for key frames ahead', () => {
  /** A join whose ICE connects when the test says so, and what was asked of whom. */
  function make({ inside = true, subscriberRttMs = 100 as number | null } = {}) {
    const asked: string[] = [];
    const measured: string[] = [];
    let iceConnected = () => {};
    const subscriber = { rttMs: subscriberRttMs ?? undefined, inside } as Participant;
    const media = {
      onReceiverIceConnected: (callback: () => void) => (iceConnected = callback),
      duringHandshake: (_delayMs: number, task: () => void) => task(),
    } as Partial<MediaSession> as MediaSession;
    const publication = (
      id: string,
      { kind = 'video', paused = false, rttMs = 100 as number | null } = {},
    ): Publication => {
      const keyFrames = {
        prepare: () => Promise.resolve(),
        ask: () => Promise.resolve(void asked.push(id)),
      };
      const publisher = { rttMs: rttMs ?? undefined, measureRtt: () => void measured.push(id) };
      return { publisher, track: { kind, paused, keyFrames } } as unknown as Publication;
    };
    const begin = (publications: Publication[]) => {
      askKeyFramesAhead(subscriber, media, publications);
      return () => iceConnected();
    };
    return { asked, measured, publication, begin };
  }

  it('asks for what is shown, once ICE is connected', () => {
    const { asked, measured, publication, begin } = make();
    const connect = begin([publication('cup'), publication('voice', { kind: 'audio' })]);
    expect([asked, measured]).to.deep.equal([[], ['cup']]);
    connect();
    expect(asked).to.deep.equal(['cup']);
  });

  it('asks for nothing that is muted, or was muted meanwhile', () => {
    const { asked, measured, publication, begin } = make();
    const cup = publication('cup');
    const connect = begin([cup, publication('screen', { paused: true })]);
    Object.assign(cup.track, { paused: true });
    connect();
    expect([asked, measured]).to.deep.equal([[], ['cup']]);
  });

  it('leaves it to mediasoup where a round trip is not known, or not worth it', () => {
    const { asked, publication, begin } = make();
    begin([publication('unknown', { rttMs: null }), publication('near', { rttMs: 1 })])();
    const stranger = make({ subscriberRttMs: null });
    stranger.begin([stranger.publication('cup')])();
    expect([asked, stranger.asked]).to.deep.equal([[], []]);
  });

  it('asks for nothing on behalf of someone who has not entered', () => {
    const { asked, publication, begin } = make({ inside: false });
    begin([publication('cup')])();
    expect(asked).to.deep.equal([]);
  });
});
