import { expect } from 'chai';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { CupCamera } from '../../../../web/src/session/CupCamera.ts';
import { CupColor } from '../../../../web/src/session/CupColor.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { cardReading } from './cardReadings.ts';
import { FakeCupTrack, FakeSlot, useFakePage } from './fakeCup.ts';

const measured = cardReading().correction;

describe('the colours of the cup', () => {
  const page = useFakePage();
  let slot: FakeSlot;
  let track: FakeCupTrack;
  let camera: CupCamera;
  let color: CupColor;
  const open = () => {
    slot = new FakeSlot();
    camera = new CupCamera(slot.publish(null));
    color = new CupColor(camera, 'https://tea.example', () => new Promise((resolve) => setImmediate(resolve)));
    track = new FakeCupTrack('cup');
    slot.publish(track);
    page.reading.now = cardReading();
  };
  const correct = async () => {
    await color.measure();
    await color.apply();
  };

  beforeEach(open);
  afterEach(() => color.close());

  it('are corrected by what was measured, with the camera held', async () => {
    await correct();
    expect(track.colorCorrection).to.deep.equal(measured);
    expect(color.applied).to.deep.include({ correction: measured, before: 9, after: 1 });
    expect(camera.settings.whiteBalance?.mode).to.equal('manual');
    expect(color.measurement.result).to.equal(null);
  });

  it('change nothing before they are applied', async () => {
    await color.measure();
    expect(track.colorCorrection).to.equal(null);
    await color.measurement.stop();
    expect(camera.settings.whiteBalance?.mode).to.equal('continuous');
  });

  it('are offered to the same device the next time, and applied only when the person says so', async () => {
    await correct();
    open();
    expect(color.offered).to.deep.include({ correction: measured, after: 1 });
    expect(track.colorCorrection).to.equal(null);
    await color.applyOffered();
    expect(track.colorCorrection).to.deep.equal(measured);
    expect(camera.settings.whiteBalance).to.deep.equal({ mode: 'manual', temperature: 3_000 });
    expect(color.offered).to.equal(null);
  });

  it('belong to one camera: another one begins without', async () => {
    await correct();
    await track.switchDevice('other');
    await waitFor('the correction to be taken away', () => track.colorCorrection === null);
    expect(color).to.include({ applied: null, offered: null });
  });

  it('are not those of a camera that went while they were being applied', async () => {
    await color.measure();
    let open = () => undefined as void;
    track.opening = new Promise((resolve) => (open = resolve));
    const applying = color.apply();
    track.opening = Promise.resolve();
    await track.switchDevice('other');
    open();
    await applying;
    expect(track.colorCorrection).to.equal(null);
    expect(color).to.include({ applied: null, offered: null });
  });

  it('leave a camera alone that came while another one was being prepared for its last correction', async () => {
    await correct();
    open();
    const applying = color.applyOffered();
    await track.switchDevice('other');
    await applying;
    expect(track.colorCorrection).to.equal(null);
    expect(color.applied).to.equal(null);
    expect(camera.settings.whiteBalance?.mode).to.equal('continuous');
  });

  it('are left to another camera when it takes over in the midst of a measurement', async () => {
    await correct();
    page.reading.now = null;
    const measuring = color.measure();
    await waitFor('the camera to adjust itself', () => camera.settings.whiteBalance?.mode === 'continuous');
    await track.switchDevice('other');
    await measuring;
    await track.cameraControls.set({});
    expect(camera.settings.whiteBalance?.mode).to.equal('continuous');
    expect(color.measurement.running).to.equal(false);
  });

  it('are said to drift where the camera can not be held, and only there', async () => {
    expect(color.drifts).to.equal(false);
    await color.measure();
    expect(color.drifts).to.equal(false);
    await color.apply();
    expect(color.drifts).to.equal(false);
    slot.publish(new FakeCupTrack('plain', { exposureMode: ['manual', 'continuous'] }));
    await color.measure();
    expect(color.drifts).to.equal(true);
    await color.apply();
    expect(color).to.include({ drifts: true, outdated: false });
  });

  it('are out of date when the camera is adjusted afterwards', async () => {
    await correct();
    expect(color.outdated).to.equal(false);
    await camera.set({ zoom: 2 });
    expect(color.outdated).to.equal(false);
    await camera.set({ whiteBalance: { mode: 'manual', temperature: 5_000 } });
    expect(color.outdated).to.equal(true);
  });

  it('go back to those of the camera, which chooses by itself again', async () => {
    await correct();
    await color.remove();
    expect(track.colorCorrection).to.equal(null);
    expect(color.applied).to.equal(null);
    expect(camera.settings.whiteBalance?.mode).to.equal('continuous');
  });

  it('stay as they are, camera and all, when another measurement is given up', async () => {
    await correct();
    const held = camera.settings;
    page.reading.now = null;
    const measuring = color.measure();
    await waitFor('the camera to adjust itself', () => camera.settings.whiteBalance?.mode === 'continuous');
    await color.measurement.stop();
    await measuring;
    expect(camera.settings).to.deep.equal(held);
    expect(color).to.include({ outdated: false });
    expect(track.colorCorrection).to.deep.equal(measured);
  });

  it('are read in a worker that is there no longer than the measurement', async () => {
    page.reading.now = null;
    const measuring = color.measure();
    await waitFor('the worker', () => page.workers.size === 1);
    await color.measurement.stop();
    await measuring;
    expect(page.workers.size).to.equal(0);
    page.reading.now = cardReading();
    await color.measure();
    expect(color.measurement.result).not.to.equal(null);
    expect(page.workers.size).to.equal(0);
  });

  it('are no longer called corrected when the correction ends by itself, and the camera is free again', async () => {
    await correct();
    color.lost('colorCorrectionFailed');
    expect(color.applied).to.deep.include({ correction: measured });
    track.colorCorrection = null;
    color.lost('colorCorrectionFailed');
    expect(color).to.include({ applied: null, error: 'colorCorrectionFailed' });
    expect(color.offered).to.deep.include({ correction: measured });
    await waitFor('the camera to choose', () => camera.settings.whiteBalance?.mode === 'continuous');
  });

  it('tell that the browser can not correct them, and keep the result', async () => {
    await color.measure();
    track.failure = new ChaxiError('browserUnsupported');
    await color.apply();
    expect(color.error).to.equal('browserUnsupported');
    expect(color.applied).to.equal(null);
    expect(color.measurement.result).not.to.equal(null);
  });

  it('can be compared with those of the camera, for as long as one wants', async () => {
    const comparing = color.compare(true);
    await waitFor('the uncorrected picture', () => color.uncorrected);
    void color.compare(false);
    void color.compare(true);
    void color.compare(false);
    await comparing;
    expect(color.uncorrected).to.equal(null);
  });

  it('are not measured any more when the close-up ends', async () => {
    page.reading.now = null;
    const measuring = color.measure();
    slot.publish(null);
    await measuring;
    expect(color.measurement.running).to.equal(false);
    expect(color.applied).to.equal(null);
  });
});
