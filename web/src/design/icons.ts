import addPerson from 'lucide-static/icons/user-round-plus.svg';
import adjust from 'lucide-static/icons/aperture.svg';
import again from 'lucide-static/icons/rotate-ccw.svg';
import arrowDown from 'lucide-static/icons/arrow-down.svg';
import arrowUp from 'lucide-static/icons/arrow-up.svg';
import attach from 'lucide-static/icons/paperclip.svg';
import back from 'lucide-static/icons/chevron-left.svg';
import ban from 'lucide-static/icons/ban.svg';
import camera from 'lucide-static/icons/video.svg';
import cameraOff from 'lucide-static/icons/video-off.svg';
import chat from 'lucide-static/icons/message-circle.svg';
import check from 'lucide-static/icons/check.svg';
import clock from 'lucide-static/icons/clock.svg';
import close from 'lucide-static/icons/x.svg';
import copy from 'lucide-static/icons/copy.svg';
import cup from 'lucide-static/icons/coffee.svg';
import door from 'lucide-static/icons/door-open.svg';
import down from 'lucide-static/icons/chevron-down.svg';
import download from 'lucide-static/icons/download.svg';
import ear from 'lucide-static/icons/ear.svg';
import edit from 'lucide-static/icons/pencil.svg';
import file from 'lucide-static/icons/file-text.svg';
import fit from 'lucide-static/icons/maximize.svg';
import forward from 'lucide-static/icons/chevron-right.svg';
import guide from 'lucide-static/icons/leaf.svg';
import handOver from 'lucide-static/icons/user-round-star.svg';
import invite from 'lucide-static/icons/armchair.svg';
import leave from 'lucide-static/icons/log-out.svg';
import link from 'lucide-static/icons/link.svg';
import lock from 'lucide-static/icons/lock.svg';
import microphone from 'lucide-static/icons/mic.svg';
import microphoneOff from 'lucide-static/icons/mic-off.svg';
import more from 'lucide-static/icons/ellipsis.svg';
import nextTea from 'lucide-static/icons/skip-forward.svg';
import notes from 'lucide-static/icons/notebook-pen.svg';
import pause from 'lucide-static/icons/pause.svg';
import people from 'lucide-static/icons/users.svg';
import photo from 'lucide-static/icons/camera.svg';
import pick from 'lucide-static/icons/pipette.svg';
import pictures from 'lucide-static/icons/images.svg';
import pin from 'lucide-static/icons/pin.svg';
import play from 'lucide-static/icons/play.svg';
import plus from 'lucide-static/icons/plus.svg';
import pour from 'lucide-static/icons/droplets.svg';
import print from 'lucide-static/icons/printer.svg';
import read from 'lucide-static/icons/check-check.svg';
import remove from 'lucide-static/icons/user-round-x.svg';
import reply from 'lucide-static/icons/reply.svg';
import screen from 'lucide-static/icons/screen-share.svg';
import screenOff from 'lucide-static/icons/screen-share-off.svg';
import search from 'lucide-static/icons/search.svg';
import settings from 'lucide-static/icons/sliders-horizontal.svg';
import share from 'lucide-static/icons/share-2.svg';
import smile from 'lucide-static/icons/smile.svg';
import stop from 'lucide-static/icons/square.svg';
import trash from 'lucide-static/icons/trash-2.svg';
import trouble from 'lucide-static/icons/circle-alert.svg';
import undo from 'lucide-static/icons/undo-2.svg';
import up from 'lucide-static/icons/chevron-up.svg';
import zoomIn from 'lucide-static/icons/zoom-in.svg';
import zoomOut from 'lucide-static/icons/zoom-out.svg';

/** From Lucide (ISC licence), as SVG text. */
export const icons = {
  addPerson,
  adjust,
  again,
  arrowDown,
  arrowUp,
  attach,
  back,
  ban,
  camera,
  cameraOff,
  chat,
  check,
  clock,
  close,
  copy,
  cup,
  door,
  down,
  download,
  ear,
  edit,
  file,
  fit,
  forward,
  guide,
  handOver,
  invite,
  leave,
  link,
  lock,
  microphone,
  microphoneOff,
  more,
  nextTea,
  notes,
  pause,
  people,
  photo,
  pick,
  pictures,
  pin,
  play,
  plus,
  pour,
  print,
  read,
  remove,
  reply,
  screen,
  screenOff,
  search,
  settings,
  share,
  smile,
  stop,
  trash,
  trouble,
  undo,
  up,
  zoomIn,
  zoomOut,
};

export type IconName = keyof typeof icons;
