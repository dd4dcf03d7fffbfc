import { expect } from 'chai';
import { mergeSettings } from '../../../../web/src/session/mergeSettings.ts';

describe('the settings that a person chose', () => {
  it('add up', () => {
    const before = { whiteBalance: { mode: 'manual' }, zoom: 1 } as const;
    expect(mergeSettings(before, { whiteBalance: { temperature: 4_000 }, torch: true })).to.deep.equal({
      whiteBalance: { mode: 'manual', temperature: 4_000 },
      zoom: 1,
      torch: true,
    });
  });

  it('forget what was held when the camera chooses again, but not how bright it shall be', () => {
    const before = {
      whiteBalance: { mode: 'manual', temperature: 4_000 },
      exposure: { mode: 'manual', time: 50, compensation: 1 },
      focus: { mode: 'manual', distance: 2 },
    } as const;
    const followed = { mode: 'continuous' } as const;
    expect(mergeSettings(before, { whiteBalance: followed, exposure: followed, focus: followed })).to.deep.equal({
      whiteBalance: followed,
      exposure: { mode: 'continuous', compensation: 1 },
      focus: followed,
    });
  });
});
