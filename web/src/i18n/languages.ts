import { en } from './en.ts';
import type { Messages } from './messages.ts';
import { zh } from './zh.ts';

export const languages = { zh: 'zh-CN', en: 'en' } as const;
/** The name of each language in that language. */
export const languageNames: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' };
export type Language = keyof typeof languages;

const messages: Readonly<Record<Language, Messages>> = { zh, en };

export function messagesIn(language: Language): Messages {
  return messages[language];
}

/** The first of the wanted language tags (BCP 47) that there are words in; English where there is none. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const primary = tag?.toLowerCase().split(/[-_]/)[0];
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'en';
}
