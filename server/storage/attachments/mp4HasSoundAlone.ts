import type { StoredBytes } from './StoredBytes.ts';

/** Bytes of the description of a file at most; that of an hour of sound has some hundred kB. */
const MAX_MOOV_BYTES = 4_194_304;
/** Boxes that are looked at for it: a recorder that writes in pieces has it before the first piece. */
const MAX_BOXES = 64;
const HEADER_BYTES = 16;

interface Box {
  type: string;
  start: number;
  end: number;
}

/** Whether each track of an MP4 (ISO/IEC 14496-12) is one of sound. */
export async function mp4HasSoundAlone(file: StoredBytes): Promise<boolean> {
  const moov = await findMoov(file);
  if (!moov) return false;
  const handlers = childrenOf(moov, 'trak')
    .flatMap((trak) => childrenOf(trak, 'mdia'))
    .flatMap((mdia) => childrenOf(mdia, 'hdlr'))
    // Section 8.4.3: version and flags, a field of zeros, and then the type.
    .map((hdlr) => hdlr.toString('latin1', 8, 12));
  return handlers.length > 0 && handlers.every((handler) => handler === 'soun');
}

async function findMoov(file: StoredBytes): Promise<Buffer | undefined> {
  let start = 0;
  for (let seen = 0; seen < MAX_BOXES && start < file.sizeBytes; seen += 1) {
    const header = await file.read(start, HEADER_BYTES);
    const box = readBox(header, 0, file.sizeBytes - start);
    if (!box) return undefined;
    if (box.type === 'moov') {
      if (box.end > MAX_MOOV_BYTES) return undefined;
      return file.read(start + box.start, box.end - box.start);
    }
    start += box.end;
  }
  return undefined;
}

/** What is in the boxes of a type that lie in this one. */
function childrenOf(parent: Buffer, type: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < parent.length;) {
    const box = readBox(parent, at, parent.length - at);
    if (!box) break;
    if (box.type === type) found.push(parent.subarray(at + box.start, at + box.end));
    at += box.end;
  }
  return found;
}

/** Section 4.2: 1 for a size means that it follows in 64 bits, 0 that the box goes to the end. Places are those from `at` on. */
function readBox(bytes: Buffer, at: number, available: number): Box | undefined {
  if (bytes.length - at < 8) return undefined;
  const short = bytes.readUInt32BE(at);
  if (short === 1 && bytes.length - at < HEADER_BYTES) return undefined;
  const start = short === 1 ? HEADER_BYTES : 8;
  const end = short === 0 ? available : short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
  if (end < start || end > available) return undefined;
  return { type: bytes.toString('latin1', at + 4, at + 8), start, end };
}
