import '../components/ChaxiRoom.ts';
import type { ChaxiRoom } from '../components/ChaxiRoom.ts';
import { languages, messagesIn, chooseLanguage } from '../i18n/languages.ts';
import { readRoomLink } from '../session/roomLink.ts';

/** The whole window is one room, opened from the link's fragment. */
const room = document.querySelector<ChaxiRoom>('chaxi-room')!;
const root = document.documentElement;

function openLink(): void {
  const { token, url, lang } = readRoomLink(location.hash);
  room.url = url ?? location.origin;
  room.token = token;
  if (lang) room.lang = chooseLanguage([lang]);
  room.hidden = false;
}

/** The document follows the element: its language, its title, and the colour behind it. */
function follow(): void {
  const language = chooseLanguage([room.lang, ...navigator.languages]);
  root.lang = languages[language];
  root.dataset.theme = room.theme;
  document.title = messagesIn(language).brand;
}

openLink();
follow();
new MutationObserver(follow).observe(room, { attributeFilter: ['lang', 'theme'] });
addEventListener('hashchange', openLink);
document.addEventListener('keydown', (event) => {
  if (event.target === document.body) room.handleKey(event);
});
