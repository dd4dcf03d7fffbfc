/** What shows messages: a bundle of its own, which the room loads when it is needed, and which a shop's page may load alone. */
export { Chat } from './Chat.ts';
export { ChaxiChat } from './ChaxiChat.ts';
export { summarize } from './summarize.ts';
