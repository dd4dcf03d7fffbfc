import { expect } from 'chai';
import type { TimerState } from '../../../../client-sdk/src/index.ts';
import { planSteps } from '../../../../web/src/guide/planSteps.ts';
import { infusionWords, StepSpeaker } from '../../../../web/src/guide/StepSpeaker.ts';
import { messagesIn } from '../../../../web/src/i18n/languages.ts';
import { guideOf } from './sampleGuide.ts';

const words = messagesIn('en').guide;
const guide = guideOf([20, 30], []);
const at = (teaId: string, infusion: number) => planSteps(guide, { revision: 1, teaId, infusion, timer: null });
const after = (elapsedMs: number): TimerState => ({
  running: true,
  elapsedMs,
  durationMs: 30_000,
  remainingMs: Math.max(0, 30_000 - elapsedMs),
});

describe('what who hears the page is told of the step', () => {
  let speaker: StepSpeaker;
  beforeEach(() => {
    speaker = new StepSpeaker();
  });

  it('is nothing before the tasting begins', () => {
    expect(speaker.hear({ plan: null, timer: null }, words)).to.equal(null);
  });

  it('is each new step with its time, once', () => {
    expect(speaker.hear({ plan: at('tea1', 0), timer: after(0) }, words)).to.equal(
      'Tea tea1: Infusion 1 of 2, 30 seconds',
    );
    expect(speaker.hear({ plan: at('tea1', 0), timer: after(1_000) }, words)).to.equal(null);
    expect(speaker.hear({ plan: at('tea1', 1), timer: after(0) }, words)).to.match(/Infusion 2 of 2/);
    expect(speaker.hear({ plan: at('tea2', 0), timer: null }, words)).to.equal('Tea tea2: Infusion 1');
  });

  it('is the end of the time, once, and again after it began anew', () => {
    speaker.hear({ plan: at('tea1', 0), timer: after(29_999) }, words);
    expect(speaker.hear({ plan: at('tea1', 0), timer: after(30_000) }, words)).to.equal('Tea tea1: time to pour');
    expect(speaker.hear({ plan: at('tea1', 0), timer: after(31_000) }, words)).to.equal(null);
    speaker.hear({ plan: at('tea1', 0), timer: after(0) }, words);
    expect(speaker.hear({ plan: at('tea1', 0), timer: after(30_000) }, words)).to.equal('Tea tea1: time to pour');
  });

  it('is the end of the time to who comes in after it', () => {
    expect(speaker.hear({ plan: at('tea1', 0), timer: after(40_000) }, words)).to.equal('Tea tea1: time to pour');
  });

  it('is the end of the tasting', () => {
    speaker.hear({ plan: at('tea1', 0), timer: null }, words);
    expect(speaker.hear({ plan: null, timer: null }, words)).to.equal('The tasting is over');
    expect(speaker.hear({ plan: null, timer: null }, words)).to.equal(null);
  });

  it('counts no infusion of fewer than there were', () => {
    expect(infusionWords(at('tea1', 2)!, words)).to.equal('Infusion 3');
    expect(infusionWords(at('tea1', 1)!, messagesIn('zh').guide)).to.equal('第二泡，共 2 泡');
  });
});
