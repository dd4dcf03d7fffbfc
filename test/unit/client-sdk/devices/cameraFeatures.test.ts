import { expect } from 'chai';
import fc from 'fast-check';
import {
  heldFeatures,
  inMode,
  mergeWanted,
  readCapabilities,
  readSettings,
  toConstraintSets,
  toImageCapture,
} from '../../../../client-sdk/src/devices/cameraFeatures.ts';

const phone = readCapabilities({
  whiteBalanceMode: ['continuous', 'manual'],
  colorTemperature: { min: 2_850, max: 7_000, step: 50 },
  exposureMode: ['continuous', 'manual'],
  exposureCompensation: { min: -2, max: 2, step: 0.5 },
  exposureTime: { min: 10, max: 2_000, step: 1 },
  iso: { min: 50, max: 3_200, step: 1 },
  focusMode: ['single-shot', 'continuous', 'manual'],
  focusDistance: { min: 0.1, max: 4, step: 0 },
  torch: true,
  zoom: { min: 1, max: 8, step: 0.1 },
});

describe('the features of a camera', () => {
  it('are grouped, in the units of the standard', () => {
    expect(phone).to.deep.equal({
      whiteBalance: { modes: ['continuous', 'manual'], temperature: { min: 2_850, max: 7_000, step: 50 } },
      exposure: {
        modes: ['continuous', 'manual'],
        compensation: { min: -2, max: 2, step: 0.5 },
        time: { min: 10, max: 2_000, step: 1 },
        iso: { min: 50, max: 3_200, step: 1 },
      },
      focus: { modes: ['single-shot', 'continuous', 'manual'], distance: { min: 0.1, max: 4, step: 0 } },
      torch: true,
      zoom: { min: 1, max: 8, step: 0.1 },
    });
  });

  it('are none where the browser says nothing, or only what can not be changed', () => {
    expect(readCapabilities({})).to.deep.equal({});
    expect(readCapabilities({ zoom: { min: 1, max: 1, step: 0 }, torch: false })).to.deep.equal({});
    expect(readCapabilities({ torch: [false] })).to.deep.equal({});
    expect(readCapabilities({ torch: [false, true] })).to.deep.equal({ torch: true });
  });

  it('show the present values of what there is alone', () => {
    const webcam = readCapabilities({ focusMode: ['manual'], focusDistance: { min: 0, max: 10, step: 1 } });
    const now = { whiteBalanceMode: 'continuous', focusMode: 'manual', focusDistance: 3, zoom: 2 };
    expect(readSettings(now, webcam)).to.deep.equal({ focus: { mode: 'manual', distance: 3 } });
  });

  it('take the nearest value that is possible', () => {
    const wanted = { whiteBalance: { temperature: 3_030 }, exposure: { compensation: 9 }, zoom: 0 };
    expect(toImageCapture(wanted, phone)).to.deep.include({
      colorTemperature: 3_050,
      exposureCompensation: 2,
      zoom: 1,
    });
  });

  it('always take a value within the range', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (temperature) => {
        const { colorTemperature } = toImageCapture({ whiteBalance: { temperature } }, phone);
        expect(colorTemperature).to.be.within(2_850, 7_000);
      }),
    );
  });

  it('turn to manual for a value that only holds there, but not for a compensation', () => {
    expect(toImageCapture({ whiteBalance: { temperature: 4_000 } }, phone)).to.have.property(
      'whiteBalanceMode',
      'manual',
    );
    expect(toImageCapture({ focus: { distance: 1 } }, phone)).to.have.property('focusMode', 'manual');
    expect(toImageCapture({ exposure: { compensation: 1 } }, phone)).not.to.have.property('exposureMode');
  });

  it('leave out what the camera does not have', () => {
    const wanted = { whiteBalance: { mode: 'none', temperature: 4_000 }, torch: true, zoom: 2 } as const;
    expect(toImageCapture(wanted, {})).to.deep.equal({});
    expect(toImageCapture({ whiteBalance: { mode: 'none' } }, phone)).to.deep.equal({});
  });

  it('forget held values when the camera follows by itself again, and keep the rest', () => {
    const before = { whiteBalanceMode: 'manual', colorTemperature: 4_000, exposureTime: 50, zoom: 2 };
    expect(mergeWanted(before, { whiteBalanceMode: 'continuous' })).to.deep.equal({
      whiteBalanceMode: 'continuous',
      exposureTime: 50,
      zoom: 2,
    });
  });

  it('do not focus again when the camera is opened again', () => {
    expect(mergeWanted({ focusMode: 'continuous' }, { focusMode: 'single-shot' })).to.deep.equal({});
  });

  it('stand in one constraint set for each group, the mode before the values', () => {
    const sets = toConstraintSets({ zoom: 2, colorTemperature: 4_000, whiteBalanceMode: 'manual' });
    expect(sets.map((set) => Object.keys(set))).to.deep.equal([['whiteBalanceMode', 'colorTemperature'], ['zoom']]);
  });

  it('change their mode where they have it', () => {
    const webcam = readCapabilities({ exposureMode: ['manual', 'continuous'], focusMode: ['continuous'] });
    expect(inMode('manual', heldFeatures, webcam)).to.deep.equal({ exposure: { mode: 'manual' } });
    expect(inMode('continuous', ['focus'], webcam)).to.deep.equal({ focus: { mode: 'continuous' } });
  });
});
