import { chooseLanguage, languages, messagesIn } from '../i18n/languages.ts';
import type { Messages } from '../i18n/messages.ts';
import { readRoomLink } from './roomLink.ts';

/** An element that is the whole page. */
interface PageOfLink extends HTMLElement {
  token: string;
  url: string;
  theme: string;
}

/**
 * Opens an element from the link's fragment, also from the next one. The document follows it: its language, its title, and the
 * colour behind it. Returns what makes it follow.
 */
export function pageFromLink(element: PageOfLink, titleIn: (t: Messages) => string = ({ brand }) => brand): () => void {
  const root = document.documentElement;
  const open = () => {
    const { token, url, lang } = readRoomLink(location.hash);
    element.url = url ?? location.origin;
    element.token = token;
    if (lang) element.lang = chooseLanguage([lang]);
    element.hidden = false;
  };
  const follow = () => {
    const language = chooseLanguage([element.lang, ...navigator.languages]);
    root.lang = languages[language];
    root.dataset.theme = element.theme;
    document.title = titleIn(messagesIn(language));
  };
  open();
  follow();
  new MutationObserver(follow).observe(element, { attributeFilter: ['lang', 'theme'] });
  addEventListener('hashchange', open);
  return follow;
}
