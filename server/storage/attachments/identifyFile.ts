import { fileTypeFromBuffer } from 'file-type';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { fileTypes, type FileType } from '../../../protocol/fileTypes.ts';
import { limits } from '../../../protocol/limits.ts';
import { pictureTypes } from '../../../protocol/pictureTypes.ts';
import { PICTURE_HEAD_BYTES, readPicture } from '../readPicture.ts';
import { isPlainText } from './isPlainText.ts';
import { mp4HasSoundAlone } from './mp4HasSoundAlone.ts';
import type { StoredBytes } from './StoredBytes.ts';
import { webmHasSoundAlone } from './webmHasSoundAlone.ts';

/** What a file says of itself, whatever its sender said. */
export interface FileFacts {
  mimeType: FileType;
  /** Pixels as it is shown; of pictures only. */
  width: number | null;
  height: number | null;
}

/** @throws fileNotSupported, fileTooLarge where a picture has too many pixels, and what keeps the file from being read */
export async function identifyFile(file: StoredBytes, allowed: readonly FileType[]): Promise<FileFacts> {
  const head = await file.read(0, PICTURE_HEAD_BYTES);
  const mimeType = await typeOf(file, head);
  if (mimeType === undefined || !allowed.includes(mimeType)) throw new ChaxiError('fileNotSupported');
  if (!(mimeType in pictureTypes)) return { mimeType, width: null, height: null };
  return identifyPicture(head, limits.stillPixels);
}

/** @throws fileNotSupported where it is none, fileTooLarge where it has more pixels */
export function identifyPicture(head: Buffer, maxPixels: number): FileFacts {
  try {
    return readPicture(head, maxPixels);
  } catch (error) {
    if (!(error instanceof ChaxiError)) throw error;
    if (error.code === 'pictureNotSupported') throw new ChaxiError('fileNotSupported', { cause: error });
    const message = `The picture has more than ${maxPixels} pixels. Send a smaller one.`;
    throw new ChaxiError('fileTooLarge', { message, cause: error });
  }
}

async function typeOf(file: StoredBytes, head: Buffer): Promise<FileType | undefined> {
  const found = await typeOfHead(head);
  switch (found) {
    case undefined:
      return (await isPlainText(file)) ? 'text/plain' : undefined;
    case 'image/apng':
      return 'image/png';
    case 'audio/ogg; codecs=opus':
      return 'audio/ogg';
    case 'video/webm':
      return webmHasSoundAlone(head) ? 'audio/webm' : undefined;
    case 'video/mp4':
    case 'audio/x-m4a':
      return (await mp4HasSoundAlone(file)) ? 'audio/mp4' : undefined;
    default:
      return Object.hasOwn(fileTypes, found) ? (found as FileType) : undefined;
  }
}

/** By the first bytes alone: nothing in them leads further, however much an archive says that it holds. */
async function typeOfHead(head: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(head))?.mime;
  } catch (error) {
    throw new ChaxiError('fileNotSupported', { cause: error });
  }
}
