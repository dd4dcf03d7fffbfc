import { expect } from 'chai';
import { CameraControls } from '../../../../client-sdk/src/devices/CameraControls.ts';
import { fakeCamera } from '../fakes/FakeCamera.ts';
import { rejection } from '../fakes/rejection.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';

const capabilities = {
  whiteBalanceMode: ['manual', 'continuous'],
  colorTemperature: { min: 2_800, max: 6_500, step: 10 },
  exposureMode: ['manual', 'continuous'],
  exposureTime: { min: 10, max: 100, step: 5 },
  torch: true,
};
const atFirst = { whiteBalanceMode: 'continuous', exposureMode: 'continuous', exposureTime: 50, torch: false };

describe('camera controls', () => {
  it('change what is named and leave the rest', async () => {
    const camera = fakeCamera(capabilities, atFirst);
    const controls = new CameraControls(camera);
    await controls.set({ whiteBalance: { temperature: 3_204 } });
    await controls.set({ torch: true });
    expect(controls.settings).to.deep.equal({
      whiteBalance: { mode: 'manual', temperature: 3_200 },
      exposure: { mode: 'continuous', time: 50 },
      torch: true,
    });
  });

  it('ask for everything that was set each time, since constraints replace those before them', async () => {
    const camera = fakeCamera(capabilities, atFirst);
    const controls = new CameraControls(camera);
    await controls.set({ whiteBalance: { temperature: 4_000 } });
    await controls.set({ exposure: { time: 30 } });
    expect(camera.applied.at(-1)).to.deep.equal([
      { whiteBalanceMode: 'manual', colorTemperature: 4_000 },
      { exposureMode: 'manual', exposureTime: 30 },
    ]);
  });

  it('hold what the camera has just chosen: the mode first, then the values are read', async () => {
    const camera = fakeCamera(capabilities, atFirst);
    const controls = new CameraControls(camera);
    camera.drift({ colorTemperature: 3_450, exposureTime: 65 });
    await controls.lock();
    expect(camera.applied).to.deep.equal([[{ whiteBalanceMode: 'manual' }, { exposureMode: 'manual' }]]);
    const reopened = fakeCamera(capabilities, atFirst);
    await controls.adopt(reopened);
    expect(controls.settings).to.deep.include({
      whiteBalance: { mode: 'manual', temperature: 3_450 },
      exposure: { mode: 'manual', time: 65 },
    });
  });

  it('hold the present value where manual mode alone is wanted, also when the device is opened again', async () => {
    const controls = new CameraControls(fakeCamera(capabilities, { ...atFirst, colorTemperature: 3_000 }));
    await controls.set({ whiteBalance: { mode: 'manual' } });
    await controls.adopt(fakeCamera(capabilities, { ...atFirst, colorTemperature: 6_500 }));
    expect(controls.settings).to.deep.include({
      whiteBalance: { mode: 'manual', temperature: 3_000 },
      exposure: { mode: 'continuous', time: 50 },
    });
  });

  it('give a device that came meanwhile nothing that was asked of the one before', async () => {
    const controls = new CameraControls(fakeCamera(capabilities, atFirst));
    const setting = controls.set({ torch: true });
    await Promise.all([setting, controls.adopt(fakeCamera(capabilities, atFirst, 'another'))]);
    expect(controls.settings.torch).to.equal(false);
    await controls.adopt(fakeCamera(capabilities, atFirst));
    expect(controls.settings.torch).to.equal(true);
  });

  it('hold only what is asked for', async () => {
    const camera = fakeCamera(capabilities, atFirst);
    const controls = new CameraControls(camera);
    await controls.lock(['whiteBalance']);
    expect(controls.settings.whiteBalance?.mode).to.equal('manual');
    expect(controls.settings.exposure?.mode).to.equal('continuous');
    const reopened = fakeCamera(capabilities, atFirst);
    await controls.adopt(reopened);
    expect(reopened.applied).to.deep.equal([[{ whiteBalanceMode: 'manual' }]]);
  });

  it('give the choice back to the camera', async () => {
    const camera = fakeCamera(capabilities, atFirst);
    const controls = new CameraControls(camera);
    await controls.lock();
    await controls.unlock();
    expect(controls.settings.whiteBalance?.mode).to.equal('continuous');
    expect(controls.settings.exposure?.mode).to.equal('continuous');
  });

  it('hold nothing where nothing can be held', async () => {
    const camera = fakeCamera({ torch: true });
    const controls = new CameraControls(camera);
    await controls.lock();
    await controls.unlock();
    expect(camera.applied).to.deep.equal([]);
  });

  it('set the values again when the device was closed and opened', async () => {
    const controls = new CameraControls(fakeCamera(capabilities, atFirst));
    await controls.set({ exposure: { time: 20 }, torch: true });
    await controls.adopt(fakeCamera(capabilities, atFirst));
    expect(controls.settings).to.deep.include({ exposure: { mode: 'manual', time: 20 }, torch: true });
  });

  it('keep the values of each device apart, and find them again', async () => {
    const controls = new CameraControls(fakeCamera(capabilities, atFirst));
    await controls.set({ torch: true });
    await controls.adopt(fakeCamera(capabilities, atFirst, 'another'));
    expect(controls.settings.torch).to.equal(false);
    await controls.adopt(fakeCamera(capabilities, atFirst));
    expect(controls.settings.torch).to.equal(true);
  });

  it('wait for a released camera to be opened', async () => {
    const camera = fakeCamera(capabilities, atFirst);
    const controls = new CameraControls(camera);
    camera.stop();
    await controls.set({ torch: true });
    expect(camera.applied).to.deep.equal([]);
    await controls.adopt(fakeCamera(capabilities, atFirst));
    expect(controls.settings.torch).to.equal(true);
  });

  it('end where they were set last', async () => {
    const controls = new CameraControls(fakeCamera(capabilities, atFirst));
    await Promise.all([20, 40, 60].map((time) => controls.set({ exposure: { time } })));
    expect(controls.settings.exposure?.time).to.equal(60);
  });

  it('say what the camera refused, and forget it', async () => {
    const camera = fakeCamera(capabilities, atFirst);
    const controls = new CameraControls(camera);
    camera.refusals = 1;
    const error = await rejection(controls.set({ torch: true }));
    expect(error.code).to.equal('cameraSettingRefused');
    await controls.set({ exposure: { time: 30 } });
    expect(controls.settings.torch).to.equal(false);
  });

  it('do not mind a device that refuses what the one before took', async () => {
    const controls = new CameraControls(fakeCamera(capabilities, atFirst));
    await controls.set({ torch: true });
    const reopened = fakeCamera(capabilities, atFirst);
    reopened.refusals = 1;
    await controls.adopt(reopened);
    await controls.set({ exposure: { time: 20 } });
    expect(controls.settings).to.deep.include({ exposure: { mode: 'manual', time: 20 }, torch: false });
  });

  it('refuse what is no number', async () => {
    const controls = new CameraControls(fakeCamera(capabilities, atFirst));
    expect((await rejection(controls.set({ exposure: { time: NaN } }))).code).to.equal('badRequest');
  });

  it('are empty and without harm where the browser has none', async () => {
    const controls = new CameraControls(fakeTrack('video', { deviceId: 'cup' }));
    expect(controls.capabilities).to.deep.equal({});
    expect(controls.settings).to.deep.equal({});
    await controls.set({ zoom: 2, whiteBalance: { temperature: 4_000 } });
    await controls.lock();
  });

  it('tell of changes, also of those that come from the device now in use alone', async () => {
    const camera = fakeCamera(capabilities, atFirst);
    const controls = new CameraControls(camera);
    let told = 0;
    controls.on('changed', () => told++);
    await controls.set({ torch: true });
    expect(told).to.equal(1);
    camera.dispatchEvent(new Event('configurationchange'));
    expect(told).to.equal(2);
    await controls.adopt(fakeCamera(capabilities, atFirst));
    expect(told).to.equal(3);
    camera.dispatchEvent(new Event('configurationchange'));
    expect(told).to.equal(3);
  });
});
