import type { StoredBytes } from './StoredBytes.ts';

const PIECE_BYTES = 262_144;

/** Whether a file is UTF-8 that a reader can see, and no markup: text has no mark of its own, so all of it is looked at. */
export async function isPlainText(file: StoredBytes): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isMarkup: boolean | undefined;
  try {
    for (let offset = 0; offset < file.sizeBytes; offset += PIECE_BYTES) {
      const bytes = await file.read(offset, PIECE_BYTES);
      const text = decoder.decode(bytes, { stream: offset + PIECE_BYTES < file.sizeBytes });
      if (text.includes('\0')) return false;
      const first = /\S/u.exec(text)?.[0];
      if (first !== undefined) isMarkup ??= first === '<';
      if (isMarkup) return false;
    }
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
  return isMarkup === false;
}
