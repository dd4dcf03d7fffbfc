import { expect } from 'chai';
import { chooseCloseUpCamera } from '../../../../web/src/session/chooseCloseUpCamera.ts';

const front = { deviceId: 'front', label: 'Front Camera' };
const back = { deviceId: 'back', label: '后置摄像头' };
const usb = { deviceId: 'usb', label: 'USB Camera' };

const cases: { says: string; cameras: (typeof front)[]; person: string | undefined; chosen: string | null }[] = [
  { says: 'is the other one of two', cameras: [front, usb], person: 'front', chosen: 'usb' },
  { says: 'is the other one, whichever shows the person', cameras: [front, usb], person: 'usb', chosen: 'front' },
  { says: 'is the one that faces the table', cameras: [front, usb, back], person: 'front', chosen: 'back' },
  {
    says: 'leaves the first to the person who is not seen yet',
    cameras: [front, usb],
    person: undefined,
    chosen: 'usb',
  },
  { says: 'is none where there is one camera', cameras: [front], person: 'front', chosen: null },
  { says: 'is none where there is no camera', cameras: [], person: undefined, chosen: null },
];

describe('the camera for the close-up', () => {
  for (const { says, cameras, person, chosen } of cases) {
    it(says, () => {
      expect(chooseCloseUpCamera(cameras, person)).to.equal(chosen);
    });
  }
});
