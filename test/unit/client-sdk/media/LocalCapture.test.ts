import { expect } from 'chai';
import type { Capture } from '../../../../client-sdk/src/devices/Capture.ts';
import { givenCapture } from '../../../../client-sdk/src/devices/Capture.ts';
import { LocalCapture } from '../../../../client-sdk/src/media/LocalCapture.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { fakeTrack, type FakeTrack } from '../fakes/FakeTrack.ts';
import { rejection } from '../fakes/rejection.ts';

describe('LocalCapture', () => {
  function make(kind: 'audio' | 'video', capture: Partial<Capture> = {}) {
    const asked: (string | undefined)[] = [];
    const changes: FakeTrack[] = [];
    const lost: (string | null)[] = [];
    const first = fakeTrack(kind, { deviceId: 'first', width: 640, height: 480, frameRate: 24 });
    const local = new LocalCapture(
      {
        open: (deviceId) => {
          asked.push(deviceId);
          return Promise.resolve(fakeTrack(kind, { deviceId: deviceId ?? 'default' }));
        },
        reopenable: true,
        owned: true,
        ...capture,
      },
      first,
      {
        trackChanged: (track) => void changes.push(track as MediaStreamTrack & FakeTrack),
        lost: (error) => void lost.push(error && error.code),
      },
    );
    return { local, first, asked, changes, lost };
  }

  it('tells the size that a track has now, and of one that has ended the last', () => {
    const { local, first } = make('video');
    let settings: MediaTrackSettings = { width: 480, height: 640, frameRate: 15 };
    first.getSettings = () => settings;
    expect(local.size).to.deep.equal({ width: 480, height: 640, frameRate: 15 });
    first.stop();
    settings = { width: 0, height: 0 };
    expect(local.size).to.deep.equal({ width: 480, height: 640, frameRate: 15 });
  });

  it('silences a microphone and keeps it open while muted', async () => {
    const { local, first, asked } = make('audio');
    local.mute();
    expect(first).to.include({ enabled: false, readyState: 'live' });
    await local.unmute();
    expect(first.enabled).to.equal(true);
    expect(asked).to.deep.equal([]);
  });

  it('releases a camera while muted, and opens the same one again', async () => {
    const { local, first, asked, changes } = make('video');
    local.mute();
    expect(first.readyState).to.equal('ended');
    expect(local.size).to.deep.equal({ width: 640, height: 480, frameRate: 24 });
    await local.unmute();
    expect(local.muted).to.equal(false);
    expect(asked).to.deep.equal(['first']);
    expect(changes.map(({ enabled }) => enabled)).to.deep.equal([true]);
  });

  it('opens the default camera where the one before is gone', async () => {
    const asked: (string | undefined)[] = [];
    const { local } = make('video', {
      open: (deviceId) => {
        asked.push(deviceId);
        return deviceId ? Promise.reject(new ChaxiError('deviceNotFound')) : Promise.resolve(fakeTrack('video'));
      },
    });
    local.mute();
    await local.unmute();
    expect(local.muted).to.equal(false);
    expect(asked).to.deep.equal(['first', undefined]);
  });

  it('stays muted where the camera can not be opened', async () => {
    const { local, changes } = make('video', { open: () => Promise.reject(new ChaxiError('cameraDenied')) });
    local.mute();
    expect((await rejection(local.unmute())).code).to.equal('cameraDenied');
    expect(local.muted).to.equal(true);
    expect(changes).to.deep.equal([]);
  });

  it('stops a camera that opens after it was muted again', async () => {
    let deliver: (track: MediaStreamTrack) => void = () => undefined;
    const { local, changes } = make('video', { open: () => new Promise((resolve) => (deliver = resolve)) });
    local.mute();
    const unmuting = local.unmute();
    local.mute();
    const late = fakeTrack('video');
    deliver(late);
    await unmuting;
    expect(local.muted).to.equal(true);
    expect(late.readyState).to.equal('ended');
    expect(changes).to.deep.equal([]);
  });

  it('lets the latest of two switches win', async () => {
    const deliver = new Map<string | undefined, (track: MediaStreamTrack) => void>();
    const { local, changes } = make('video', {
      open: (deviceId) => new Promise((resolve) => deliver.set(deviceId, resolve)),
    });
    const switching = [local.openDevice('a'), local.openDevice('b')];
    const [a, b] = [fakeTrack('video'), fakeTrack('video')];
    deliver.get('b')?.(b);
    deliver.get('a')?.(a);
    await Promise.all(switching);
    expect(changes).to.deep.equal([b]);
    expect(a.readyState).to.equal('ended');
  });

  it('makes room for the next camera where only one can be open', async () => {
    const { local, first, changes } = make('video', {
      open: () =>
        first.readyState === 'live'
          ? Promise.reject(new ChaxiError('deviceInUse'))
          : Promise.resolve(fakeTrack('video', { deviceId: 'back' })),
    });
    await local.openDevice('back');
    expect(changes).to.have.lengthOf(1);
    expect(local.deviceId).to.equal('back');
  });

  it('remembers the camera chosen while muted, and opens it only then', async () => {
    const { local, asked } = make('video');
    local.mute();
    await local.openDevice('other');
    expect(asked).to.deep.equal([]);
    await local.unmute();
    expect(asked).to.deep.equal(['other']);
  });

  it('goes over to the default device when its own is unplugged', async () => {
    const { first, changes, asked, lost } = make('audio');
    first.unplug();
    await waitFor('the other microphone', () => changes.length > 0);
    expect(asked).to.deep.equal([undefined]);
    expect(lost).to.deep.equal([]);
  });

  it('tells when there is no other device', async () => {
    const { first, lost } = make('video', { open: () => Promise.reject(new ChaxiError('deviceNotFound')) });
    first.unplug();
    await waitFor('the loss', () => lost.length > 0);
    expect(lost).to.deep.equal(['deviceNotFound']);
  });

  it('takes the end of a shared screen for what it is', () => {
    const screen = fakeTrack('video');
    const lost: unknown[] = [];
    new LocalCapture(givenCapture(screen, true), screen, {
      trackChanged: () => {},
      lost: (error) => void lost.push(error),
    });
    screen.unplug();
    expect(lost).to.deep.equal([null]);
  });

  it("leaves an application's own track alone", async () => {
    const own = fakeTrack('video');
    const local = new LocalCapture(givenCapture(own, false), own, { trackChanged: () => {}, lost: () => {} });
    local.mute();
    expect(own).to.include({ enabled: true, readyState: 'live' });
    expect((await rejection(local.openDevice('x'))).code).to.equal('invalidState');
    local.close();
    expect(own.readyState).to.equal('live');
  });

  it('hands over to a track of the application and stops its own', async () => {
    const { local, first, changes } = make('video');
    const own = fakeTrack('video');
    await local.replace(own);
    expect(first.readyState).to.equal('ended');
    local.close();
    expect(own.readyState).to.equal('live');
    expect(changes).to.deep.equal([own]);
  });

  it('refuses a track of another kind and one that has ended', async () => {
    const { local } = make('video');
    const ended = fakeTrack('video');
    ended.stop();
    expect((await rejection(local.replace(fakeTrack('audio')))).code).to.equal('invalidState');
    expect((await rejection(local.replace(ended))).code).to.equal('invalidState');
  });

  it('stops its device once and for all when closed', () => {
    const { local, first, lost } = make('video');
    local.close();
    local.close();
    expect(first.readyState).to.equal('ended');
    first.unplug();
    expect(lost).to.deep.equal([]);
  });
});
