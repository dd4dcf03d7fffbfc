import type { RoomsMessages } from './roomsMessages.ts';

export const roomsEn: RoomsMessages = {
  title: 'Rooms',
  waitingCount: (count) => `${count} waiting`,
  waits: (name) => `${name} is waiting`,
  waitedFor: (minutes) => {
    if (minutes < 1) return 'just now';
    if (minutes < 60) return `for ${minutes} min`;
    return `for ${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  },
  saidWaiting: (name, room) => `${name} is waiting in ${room}`,
  role: (role, name) => `${name}, ${role}`,
  nobody: 'Nobody is in it',
  locked: 'Locked',
  enterAsHost: 'Let in: enter as host',
  enter: 'Enter',
  enterRoom: (room) => `Enter ${room} as host`,
  entering: 'Opening…',
  blocked: (room) => `The browser did not open a new tab for ${room}.`,
  blockedLink: 'Open the room here',
  open: 'Open a room',
  name: 'Name of the room',
  namePlaceholder: 'Spring teas, Saturday',
  lobby: 'Guests wait until I let them in',
  lobbyHint: 'Recommended: you see who comes before they see you.',
  create: 'Open it',
  cancel: 'Cancel',
  empty: 'No room is open',
  emptyHint: 'A room appears here as soon as someone opens its link, or when you open one.',
  loading: 'Looking for rooms…',
};
