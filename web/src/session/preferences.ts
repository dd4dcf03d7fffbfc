import { chooseLanguage, type Language } from '../i18n/languages.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What a person chose here before, kept in this browser only. */
export interface Preferences {
  language?: Language;
  theme?: Theme;
  /** Device ids. */
  camera?: string;
  microphone?: string;
  speaker?: string;
  shortcuts?: boolean;
}

const KEY = 'chaxi';

export function parsePreferences(text: string | null): Preferences {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
  if (typeof stored !== 'object' || stored === null) return {};
  const { language, theme, camera, microphone, speaker, shortcuts } = stored as Record<string, unknown>;
  return {
    ...(typeof language === 'string' ? { language: chooseLanguage([language]) } : {}),
    ...(isTheme(theme) ? { theme } : {}),
    ...(typeof camera === 'string' ? { camera } : {}),
    ...(typeof microphone === 'string' ? { microphone } : {}),
    ...(typeof speaker === 'string' ? { speaker } : {}),
    ...(typeof shortcuts === 'boolean' ? { shortcuts } : {}),
  };
}

/** A browser that keeps nothing (private mode, blocked storage) just forgets. */
export function loadPreferences(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(KEY));
  } catch {
    return {};
  }
}

export function savePreferences(change: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...loadPreferences(), ...change }));
  } catch {
    // Nothing to do: the choice holds for this page.
  }
}

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}
