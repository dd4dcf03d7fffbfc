import '../chat/ChaxiChat.ts';
import type { ChaxiChat } from '../chat/ChaxiChat.ts';
import { pageFromLink } from '../session/pageFromLink.ts';

/** The whole window is one conversation of a customer with the shop. */
const chat = document.querySelector<ChaxiChat>('chaxi-chat')!;
let unread = 0;

const follow = pageFromLink(chat, (t) => t.chat.counter.windowTitle(unread, t.brand));
chat.addEventListener('chaxi-unread', (event) => {
  unread = (event as CustomEvent<{ count: number }>).detail.count;
  follow();
});
