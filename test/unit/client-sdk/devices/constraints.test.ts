import { expect } from 'chai';
import {
  cameraConstraints,
  microphoneConstraints,
  screenConstraints,
} from '../../../../client-sdk/src/devices/constraints.ts';

describe('device constraints', () => {
  it('wish for 1280 x 720 at 30, so that a smaller camera opens too', () => {
    expect(cameraConstraints({})).to.deep.equal({
      width: { ideal: 1_280 },
      height: { ideal: 720 },
      frameRate: { ideal: 30 },
    });
  });

  it('insist on the device, and then leave the side it faces aside', () => {
    const constraints = cameraConstraints({ deviceId: 'cup', facingMode: 'user' });
    expect(constraints).to.deep.include({ deviceId: { exact: 'cup' } });
    expect(constraints).not.to.have.property('facingMode');
  });

  it('wish for the side of a phone', () => {
    expect(cameraConstraints({ facingMode: 'environment' })).to.deep.include({ facingMode: { ideal: 'environment' } });
  });

  it('ask for the right to zoom only where it is wanted', () => {
    expect(cameraConstraints({ zoom: true })).to.have.property('zoom', true);
    expect(cameraConstraints({ zoom: false })).not.to.have.property('zoom');
  });

  it('ask a microphone for speech unless told otherwise', () => {
    const speech = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    expect(microphoneConstraints({})).to.deep.equal(speech);
    expect(microphoneConstraints({ noiseSuppression: false, deviceId: 'mic' })).to.deep.equal({
      ...speech,
      noiseSuppression: false,
      deviceId: { exact: 'mic' },
    });
  });

  it('ask a screen for at most 15 frames a second, and for its sound', () => {
    expect(screenConstraints({})).to.deep.equal({ video: { frameRate: { max: 15 } }, audio: true });
    expect(screenConstraints({ audio: false, frameRate: 5 })).to.deep.equal({
      video: { frameRate: { max: 5 } },
      audio: false,
    });
  });
});
