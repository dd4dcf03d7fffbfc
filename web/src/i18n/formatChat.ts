import { languages, type Language } from './languages.ts';
import type { ChatMessages } from './chatMessages.ts';

/** A day, as it stands above its messages. Both in milliseconds since 1970. */
export function formatDay(at: number, now: number, language: Language, words: ChatMessages): string {
  return nearDay(at, now, words) ?? formatDate(at, now, language, { weekday: 'long', month: 'long', day: 'numeric' });
}

/** In a list of conversations: the time today, else the day, in few characters. */
export function formatWhen(at: number, now: number, language: Language, words: ChatMessages): string {
  const near = nearDay(at, now, words);
  if (near === words.today) return formatClock(at, language);
  return near ?? formatDate(at, now, language, { month: 'short', day: 'numeric' });
}

/** The time of a day. */
export function formatClock(at: number, language: Language): string {
  return new Intl.DateTimeFormat(languages[language], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );
}

function nearDay(at: number, now: number, { today, yesterday }: ChatMessages): string | null {
  const dayBefore = new Date(now);
  dayBefore.setDate(dayBefore.getDate() - 1);
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return today;
  return day === dayBefore.toDateString() ? yesterday : null;
}

/** With the year where it was another one. */
function formatDate(at: number, now: number, language: Language, fields: Intl.DateTimeFormatOptions): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(languages[language], { ...fields, ...(sameYear ? {} : { year: 'numeric' }) }).format(
    at,
  );
}

/** Minutes and seconds. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** As people say it: three digits at most. */
export function formatBytes(bytes: number, language: Language): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1_000 ** power;
  const digits = value < 10 && power > 0 ? 1 : 0;
  const number = new Intl.NumberFormat(languages[language], { maximumFractionDigits: digits }).format(value);
  return `${number} ${units[power]}`;
}
