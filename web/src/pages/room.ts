import '../components/ChaxiRoom.ts';
import type { ChaxiRoom } from '../components/ChaxiRoom.ts';
import { pageFromLink } from '../session/pageFromLink.ts';

/** The whole window is one room. */
const room = document.querySelector<ChaxiRoom>('chaxi-room')!;

pageFromLink(room);
document.addEventListener('keydown', (event) => {
  if (event.target === document.body) room.handleKey(event);
});
