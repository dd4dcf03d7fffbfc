import { expect } from 'chai';
import type { JoinTiming } from '../../../../client-sdk/src/session/JoinClock.ts';
import { JoinTimer } from '../../../../client-sdk/src/session/JoinTimer.ts';
import type { MediaInfo } from '../../../../protocol/signaling.ts';
import { consumerInfo, transportOptions } from '../fakes/media.ts';
import { participantInfo, snapshot, trackInfo } from '../fakes/infos.ts';

describe('JoinTimer', () => {
  function make(connected = false) {
    const sent: JoinTiming[] = [];
    const timer = new JoinTimer({ handshake: () => connected, send: (timing) => void sent.push(timing) });
    return { timer, sent };
  }
  const media = (change: Partial<MediaInfo> = {}): MediaInfo => ({
    routerRtpCapabilitiesId: 'id',
    send: null,
    recv: transportOptions('recv'),
    iceServers: [],
    consumers: [],
    pendingConsumers: 0,
    layersWanted: [],
    ...change,
  });
  const video = consumerInfo({ producerId: 'p1' });

  it('waits for the first frame where there is a video to see', () => {
    const { timer, sent } = make();
    timer.start('cold');
    timer.mark('socketMs');
    timer.answered(snapshot({ media: media({ consumers: [video] }) }));
    timer.mark('dtlsMs');
    expect(sent).to.deep.equal([]);
    timer.mark('firstFrameMs');
    expect(sent).to.have.lengthOf(1);
    expect(timer.timing).to.equal(sent[0]);
  });

  it('does not wait for the frame of a muted video', () => {
    const { timer, sent } = make();
    timer.start('cold');
    timer.mark('socketMs');
    const anna = participantInfo({ participantId: 'anna', tracks: [trackInfo({ producerId: 'p1', paused: true })] });
    timer.answered(snapshot({ participants: [anna], media: media({ consumers: [video] }) }));
    timer.mark('dtlsMs');
    expect(sent).to.have.lengthOf(1);
  });

  it('waits for nothing where nothing may be received', () => {
    const { timer, sent } = make();
    timer.start('cold');
    timer.mark('socketMs');
    timer.answered(snapshot({ media: media({ recv: null }) }));
    expect(sent).to.have.lengthOf(1);
  });

  it('counts a wait in the lobby as a hot start from the admission', () => {
    const { timer, sent } = make(true);
    timer.start('cold');
    timer.mark('socketMs');
    timer.answered(snapshot({ stage: 'lobby', media: media() }));
    expect(sent).to.deep.equal([]);
    timer.start('hot');
    timer.answered(snapshot({ media: media() }));
    expect(sent.map(({ start, socketMs, dtlsMs }) => ({ start, socketMs, dtlsMs }))).to.deep.equal([
      { start: 'hot', socketMs: 0, dtlsMs: 0 },
    ]);
  });

  it('is complete with the first picture aside, and does not begin again when one comes to all', () => {
    const { timer, sent } = make(true);
    timer.start('hot');
    timer.answered(snapshot({ stage: 'aside', media: media({ consumers: [video] }) }));
    timer.mark('firstFrameMs');
    timer.answered(snapshot({ media: media({ consumers: [video] }) }));
    expect(sent).to.have.lengthOf(1);
    expect(timer.running).to.equal(false);
  });

  it('does not count what a prepared session is answered', () => {
    const { timer, sent } = make();
    timer.answered(snapshot({ stage: 'prepared' }));
    expect(sent).to.deep.equal([]);
    expect(timer.timing).to.equal(null);
  });
});
