import { expect } from 'chai';
import fc from 'fast-check';
import { parsePreferences, type Preferences } from '../../../../web/src/session/preferences.ts';

describe('preferences', () => {
  it('come back as they were kept', () => {
    const kept: Preferences = {
      language: 'zh',
      theme: 'dark',
      camera: 'c',
      microphone: 'm',
      speaker: '',
      shortcuts: false,
    };
    expect(parsePreferences(JSON.stringify(kept))).to.deep.equal(kept);
  });

  it('leave out what they do not know', () => {
    expect(parsePreferences('{"theme":"purple","camera":7,"more":1}')).to.deep.equal({});
  });

  it('are empty where nothing was kept', () => {
    expect(parsePreferences(null)).to.deep.equal({});
  });

  it('survive anything that stands in the storage', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parsePreferences(text)).to.be.an('object');
      }),
    );
  });
});
