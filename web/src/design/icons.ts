import close from 'lucide-static/icons/x.svg';
import cup from 'lucide-static/icons/coffee.svg';
import leave from 'lucide-static/icons/log-out.svg';
import microphone from 'lucide-static/icons/mic.svg';
import microphoneOff from 'lucide-static/icons/mic-off.svg';
import people from 'lucide-static/icons/users.svg';
import pin from 'lucide-static/icons/pin.svg';
import remove from 'lucide-static/icons/user-round-x.svg';
import screen from 'lucide-static/icons/screen-share.svg';
import settings from 'lucide-static/icons/sliders-horizontal.svg';
import camera from 'lucide-static/icons/video.svg';
import cameraOff from 'lucide-static/icons/video-off.svg';

/** From Lucide (ISC licence), as SVG text. */
export const icons = {
  camera,
  cameraOff,
  close,
  cup,
  leave,
  microphone,
  microphoneOff,
  people,
  pin,
  remove,
  screen,
  settings,
};

export type IconName = keyof typeof icons;
