import { expect } from 'chai';
import { CupCamera } from '../../../../web/src/session/CupCamera.ts';
import { FakeCupTrack, FakeSlot, useFakePage } from './fakeCup.ts';

describe('the camera over the cup', () => {
  useFakePage();
  let slot: FakeSlot;
  let camera: CupCamera;
  const open = () => {
    slot = new FakeSlot();
    camera = new CupCamera(slot.publish(null));
  };
  /** The camera has done all that it was asked. */
  const settled = (track: FakeCupTrack) => track.cameraControls.set({});

  beforeEach(open);

  it('has nothing to adjust before it is published', () => {
    expect(camera.on).to.equal(false);
    expect(camera.capabilities).to.deep.equal({});
    expect(camera.settings).to.deep.equal({});
  });

  it('changes, and shows at once what is on its way', async () => {
    const track = new FakeCupTrack('cup');
    slot.publish(track);
    const changing = camera.set({ zoom: 2 });
    expect(camera.settings.zoom).to.equal(2);
    await changing;
    expect(track.cameraControls.settings.zoom).to.equal(2);
  });

  it('asks the camera for the first and the last of many values', async () => {
    const track = new FakeCupTrack('cup');
    slot.publish(track);
    await Promise.all([1.5, 2, 2.5, 3].map((zoom) => camera.set({ zoom })));
    expect(track.camera.applied.flat().map(({ zoom }) => zoom)).to.deep.equal([1.5, 3]);
  });

  it('takes what was chosen when the same device is published the next time', async () => {
    slot.publish(new FakeCupTrack('cup'));
    await camera.set({ whiteBalance: { mode: 'manual', temperature: 4_000 } });
    await camera.set({ zoom: 3 });
    open();
    const again = new FakeCupTrack('cup');
    slot.publish(again);
    await settled(again);
    expect(again.cameraControls.settings).to.deep.include({
      whiteBalance: { mode: 'manual', temperature: 4_000 },
      zoom: 3,
    });
  });

  it('holds what it has just chosen, and chooses the same the next time', async () => {
    slot.publish(new FakeCupTrack('cup'));
    await camera.set({ whiteBalance: { mode: 'manual' } });
    await camera.set({ exposure: { mode: 'manual' } });
    open();
    const again = new FakeCupTrack('cup');
    again.camera.drift({ colorTemperature: 6_500, exposureTime: 90 });
    slot.publish(again);
    await settled(again);
    expect(again.cameraControls.settings).to.deep.include({
      whiteBalance: { mode: 'manual', temperature: 3_000 },
      exposure: { mode: 'manual', time: 50 },
    });
  });

  it('keeps for a device what was on its way to it when another one came, which gets nothing of it', async () => {
    const track = new FakeCupTrack('cup');
    slot.publish(track);
    const changing = [camera.set({ zoom: 2 }), camera.set({ zoom: 3 })];
    await track.switchDevice('other');
    await Promise.all(changing);
    await settled(track);
    expect(camera.settings.zoom).to.equal(1);
    expect(camera.memory).to.deep.equal({});
  });

  it('takes nothing of another device, also when it is switched to in the same publication', async () => {
    const track = new FakeCupTrack('cup');
    slot.publish(track);
    await camera.set({ zoom: 3 });
    await track.switchDevice('other');
    expect(camera.deviceId).to.equal('other');
    await settled(track);
    expect(camera.settings.zoom).to.equal(1);
  });

  it('says what the camera refused, and does not remember it', async () => {
    const track = new FakeCupTrack('cup');
    slot.publish(track);
    track.camera.refusals = 1;
    await camera.set({ zoom: 3 });
    expect(camera.error).to.equal('cameraSettingRefused');
    expect(camera.memory.settings).to.equal(undefined);
    await camera.set({ zoom: 2 });
    expect(camera.error).to.equal(null);
  });

  it('holds what colours depend on, and goes back to what the person chose', async () => {
    const track = new FakeCupTrack('cup');
    slot.publish(track);
    await camera.set({ exposure: { mode: 'manual', time: 30 } });
    expect(await camera.hold()).to.deep.equal({
      whiteBalance: { mode: 'manual', temperature: 3_000 },
      exposure: { mode: 'manual', time: 30 },
    });
    await camera.free();
    expect(camera.settings.whiteBalance?.mode).to.equal('continuous');
    expect(camera.settings.exposure).to.deep.equal({ mode: 'manual', time: 30 });
  });
});
