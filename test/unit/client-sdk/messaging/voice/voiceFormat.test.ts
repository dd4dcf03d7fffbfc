import { expect } from 'chai';
import { chooseVoiceFormat } from '../../../../../client-sdk/src/messaging/voice/voiceFormat.ts';

describe('the format of a voice message', () => {
  for (const [browser, supported, chosen] of [
    ['Chrome', ['audio/webm;codecs=opus', 'audio/mp4;codecs=mp4a.40.2', 'audio/mp4'], 'audio/webm;codecs=opus'],
    ['Firefox', ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus'], 'audio/webm;codecs=opus'],
    ['Safari', ['audio/mp4;codecs=mp4a.40.2', 'audio/mp4'], 'audio/mp4;codecs=mp4a.40.2'],
    ['an older Safari', ['audio/mp4'], 'audio/mp4'],
    ['a browser that records nothing of it', ['audio/wav'], null],
  ] as const) {
    it(`is ${chosen ?? 'none'} in ${browser}`, () => {
      expect(chooseVoiceFormat((type) => (supported as readonly string[]).includes(type))).to.equal(chosen);
    });
  }
});
