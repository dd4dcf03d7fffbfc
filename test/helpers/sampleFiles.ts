import { crc32 } from 'node:zlib';

/** What a file has for tracks: letters of Matroska's CodecID, or handlers of MP4. */
type Tracks = readonly string[];

/** The beginning of what a page records as WebM (RFC 9559): header, and a segment of unknown size with its tracks. */
export function webmFile(tracks: Tracks = ['A_OPUS'], sizeBytes = 0): Buffer {
  const header = element('1a45dfa3', element('4282', Buffer.from('webm')), element('4287', Buffer.from([4])));
  const entries = tracks.map((codec, index) =>
    element('ae', element('d7', Buffer.from([index + 1])), element('86', Buffer.from(codec))),
  );
  const segment = Buffer.concat([Buffer.from('1853806701ffffffffffffff', 'hex'), element('1654ae6b', ...entries)]);
  return padded(Buffer.concat([header, segment]), sizeBytes);
}

/** An MP4 (ISO/IEC 14496-12) whose description stands before or behind its media. */
export function mp4File(handlers: Tracks = ['soun'], { moovLast = false, mediaBytes = 1_000 } = {}): Buffer {
  const tracks = handlers.map((handler) =>
    box('trak', box('mdia', box('hdlr', Buffer.alloc(8), Buffer.from(handler), Buffer.alloc(12)))),
  );
  const moov = box('moov', box('mvhd', Buffer.alloc(100)), ...tracks);
  const mdat = box('mdat', Buffer.alloc(mediaBytes, 7));
  const ftyp = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1'));
  return Buffer.concat(moovLast ? [ftyp, mdat, moov] : [ftyp, moov, mdat]);
}

/** The first page of Ogg Opus (RFC 7845). */
export function oggFile(): Buffer {
  const head = Buffer.from('OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0', 'latin1');
  const page = Buffer.alloc(28);
  page.write('OggS', 0, 'latin1');
  page[5] = 2;
  page[26] = 1;
  page[27] = head.length;
  return padded(Buffer.concat([page, head]), 4_200);
}

/** A ZIP archive whose entries are stored as they are. `claims` is what it says that an entry holds. */
export function zipFile(entries: Readonly<Record<string, string>>, claims?: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const data = Buffer.from(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(claims ?? data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, tail, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(Object.keys(entries).length, 8);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

function element(id: string, ...content: Buffer[]): Buffer {
  const data = Buffer.concat(content);
  return Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x80 | data.length]), data]);
}

function box(type: string, ...content: Buffer[]): Buffer {
  const data = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + data.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data]);
}

function padded(data: Buffer, sizeBytes: number): Buffer {
  return Buffer.concat([data, Buffer.alloc(Math.max(0, sizeBytes - data.length))]);
}
