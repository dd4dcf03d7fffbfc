import { fileTypes, type FileType } from '../../../protocol/fileTypes.ts';

/**
 * Control characters, and those that turn the direction of writing: `gpj.exe` would be read as `exe.jpg`
 * (Unicode Technical Report 36, section 3.3).
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** What separates folders, or means something to a system. */
const FORBIDDEN = /[/\\:*?"<>|]/g;
const DEFAULT_NAME = 'file';

/** A name as everyone may be shown it; never a path. */
export function cleanFileName(given: string): string {
  const name = given
    .toWellFormed()
    .replace(UNSEEN, '')
    .replace(FORBIDDEN, '_')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  return name === '' ? DEFAULT_NAME : name;
}

/** The name to save a file under: a system decides by its ending what to do with it, so it has one that fits the content. */
export function savedFileName(name: string, mimeType: FileType): string {
  const endings: readonly string[] = fileTypes[mimeType];
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return name.includes('.') && endings.includes(ending) ? name : `${name}.${endings[0]}`;
}
