import { expect } from 'chai';
import { imageSize } from 'image-size';
import { dropMetadata } from '../../../../../client-sdk/src/messaging/pictures/dropMetadata.ts';
import { jpegPicture, pngPicture } from '../../../../helpers/pictures.ts';

const SECRET = 'GPS 25.05 N 117.02 E';

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** A TIFF with a camera's name, an orientation and a place. */
function exif(orientation: number, littleEndian = false): Buffer {
  const u16 = (value: number) => (littleEndian ? [value & 0xff, value >> 8] : [value >> 8, value & 0xff]);
  const u32 = (value: number) => (littleEndian ? [value, 0, 0, 0] : [0, 0, 0, value]);
  return Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'),
    Buffer.from(littleEndian ? 'II' : 'MM'),
    Buffer.from([...u16(42), ...u32(8), ...u16(2)]),
    Buffer.from([...u16(0x010f), ...u16(2), ...u32(20), ...u32(38)]),
    Buffer.from([...u16(0x0112), ...u16(3), ...u32(1), ...u16(orientation), 0, 0]),
    Buffer.from(u32(0)),
    Buffer.from(SECRET),
  ]);
}

const SCAN = Buffer.from([0xff, 0xda, 0, 3, 1, 0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
const END = Buffer.from([0xff, 0xd9]);
const ICC = segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours', 'latin1'));
const ADOBE = segment(0xee, Buffer.from('Adobe\0d\0\0\0\0\x01', 'latin1'));

/** A JPEG as a phone writes it. */
function phoneJpeg({ orientation = 6, littleEndian = false } = {}): Buffer {
  const plain = jpegPicture({ width: 400, height: 300 });
  const jfif = plain.subarray(2, 20);
  const frame = plain.subarray(20, -2);
  return Buffer.concat([
    plain.subarray(0, 2),
    segment(0xe1, exif(orientation, littleEndian)),
    jfif,
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x>${SECRET}</x>`)),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${SECRET}`)),
    segment(0xe2, Buffer.from(`MPF\0${SECRET}`)),
    ICC,
    ADOBE,
    segment(0xfe, Buffer.from(SECRET)),
    Buffer.from([0xff]),
    frame,
    SCAN,
    SCAN,
    END,
    Buffer.from(`a film follows: ${SECRET}`),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}

function webpChunk(type: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(type, 'latin1'), size, data, Buffer.alloc(data.length % 2)]);
}

function webp(...chunks: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from('RIFF'), size, body]);
}

const clean = (bytes: Buffer) => {
  const picture = dropMetadata(new Uint8Array(bytes));
  return picture && { type: picture.type, bytes: Buffer.concat(picture.parts) };
};

describe('dropMetadata', () => {
  for (const littleEndian of [true, false]) {
    it(`leaves of a JPEG what is seen, and how it is turned, where its EXIF is ${littleEndian ? 'Intel’s' : 'Motorola’s'}`, () => {
      const { type, bytes } = clean(phoneJpeg({ littleEndian }))!;
      expect(type).to.equal('image/jpeg');
      expect(bytes.includes(SECRET), 'no secret').to.equal(false);
      for (const kept of [ICC, ADOBE, Buffer.concat([SCAN, SCAN, END])]) expect(bytes.includes(kept)).to.equal(true);
      expect(imageSize(bytes)).to.include({ width: 400, height: 300, orientation: 6 });
      expect(bytes.subarray(-2)).to.deep.equal(END);
    });
  }

  it('writes nothing of how a JPEG is turned where it is not', () => {
    const { bytes } = clean(phoneJpeg({ orientation: 1 }))!;
    expect(bytes.includes('Exif')).to.equal(false);
    expect(clean(phoneJpeg({ orientation: 77 }))!.bytes.includes('Exif')).to.equal(false);
  });

  it('changes nothing of a picture without metadata', () => {
    for (const bytes of [
      jpegPicture({ width: 40, height: 30 }),
      pngPicture(),
      webp(webpChunk('VP8 ', Buffer.from('abc'))),
    ]) {
      expect(clean(bytes)!.bytes.equals(bytes)).to.equal(true);
      expect(clean(clean(bytes)!.bytes)!.bytes.equals(bytes), 'twice').to.equal(true);
    }
  });

  it('leaves of a PNG what is seen', () => {
    const plain = pngPicture();
    const text = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME'].map((type) => chunk(type, Buffer.from(SECRET)));
    const full = Buffer.concat([plain.subarray(0, 33), ...text, plain.subarray(33), Buffer.from(SECRET)]);
    expect(clean(full)).to.deep.equal({ type: 'image/png', bytes: plain });
  });

  it('leaves of a WebP what is seen, and says that there is no more', () => {
    const vp8x = (flags: number) => webpChunk('VP8X', Buffer.from([flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]));
    const [icc, image] = [webpChunk('ICCP', Buffer.from('colours')), webpChunk('VP8L', Buffer.from('leaf!'))];
    const metadata = [webpChunk('EXIF', Buffer.from(SECRET)), webpChunk('XMP ', Buffer.from(SECRET))];
    const full = Buffer.concat([webp(vp8x(0x2c), icc, image, ...metadata), Buffer.from(SECRET)]);
    expect(clean(full)).to.deep.equal({ type: 'image/webp', bytes: webp(vp8x(0x20), icc, image) });
  });

  it('takes nothing else, and nothing that is damaged', () => {
    const pictures = [phoneJpeg(), pngPicture(), webp(webpChunk('VP8 ', Buffer.from('abcd')))];
    for (const bytes of [Buffer.alloc(0), Buffer.from('GIF89a'), Buffer.from('<svg/>')])
      expect(clean(bytes)).to.equal(null);
    // Cut anywhere before its end it is no whole picture.
    for (const picture of pictures) {
      const end = picture.includes('a film') ? picture.indexOf(END, picture.indexOf(SCAN)) : picture.length - 1;
      for (let length = 0; length <= end; length += 1)
        expect(clean(picture.subarray(0, length)), String(length)).to.equal(null);
    }
  });
});
