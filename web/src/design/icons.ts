import close from 'lucide-static/icons/x.svg';
import adjust from 'lucide-static/icons/aperture.svg';
import back from 'lucide-static/icons/chevron-left.svg';
import check from 'lucide-static/icons/check.svg';
import copy from 'lucide-static/icons/copy.svg';
import cup from 'lucide-static/icons/coffee.svg';
import download from 'lucide-static/icons/download.svg';
import fit from 'lucide-static/icons/maximize.svg';
import forward from 'lucide-static/icons/chevron-right.svg';
import leave from 'lucide-static/icons/log-out.svg';
import microphone from 'lucide-static/icons/mic.svg';
import microphoneOff from 'lucide-static/icons/mic-off.svg';
import pick from 'lucide-static/icons/pipette.svg';
import people from 'lucide-static/icons/users.svg';
import photo from 'lucide-static/icons/camera.svg';
import pictures from 'lucide-static/icons/images.svg';
import pin from 'lucide-static/icons/pin.svg';
import remove from 'lucide-static/icons/user-round-x.svg';
import screen from 'lucide-static/icons/screen-share.svg';
import settings from 'lucide-static/icons/sliders-horizontal.svg';
import camera from 'lucide-static/icons/video.svg';
import cameraOff from 'lucide-static/icons/video-off.svg';
import trash from 'lucide-static/icons/trash-2.svg';
import zoomIn from 'lucide-static/icons/zoom-in.svg';
import zoomOut from 'lucide-static/icons/zoom-out.svg';

/** From Lucide (ISC licence), as SVG text. */
export const icons = {
  adjust,
  back,
  camera,
  cameraOff,
  check,
  close,
  copy,
  cup,
  download,
  fit,
  forward,
  leave,
  microphone,
  microphoneOff,
  people,
  photo,
  pick,
  pictures,
  pin,
  remove,
  screen,
  settings,
  trash,
  zoomIn,
  zoomOut,
};

export type IconName = keyof typeof icons;
