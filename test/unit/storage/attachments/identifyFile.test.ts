import { expect } from 'chai';
import { fileTypeNames } from '../../../../protocol/fileTypes.ts';
import { identifyFile } from '../../../../server/storage/attachments/identifyFile.ts';
import type { StoredBytes } from '../../../../server/storage/attachments/StoredBytes.ts';
import { jpegPicture, pngPicture, webpPicture } from '../../../helpers/pictures.ts';
import { mp4File, oggFile, webmFile, zipFile } from '../../../helpers/sampleFiles.ts';

const WORD_TYPES =
  '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

function stored(bytes: Buffer): StoredBytes & { furthest: number } {
  return {
    sizeBytes: bytes.length,
    furthest: 0,
    read(offset, length) {
      this.furthest = Math.max(this.furthest, Math.min(bytes.length, offset + length));
      return Promise.resolve(bytes.subarray(offset, offset + length));
    },
  };
}

const identify = (bytes: Buffer) => identifyFile(stored(bytes), fileTypeNames);
const refusal = async (bytes: Buffer) =>
  identify(bytes).then(
    ({ mimeType }) => `taken as ${mimeType}`,
    (error: { code: string }) => error.code,
  );

describe('identifyFile', () => {
  for (const [title, bytes, mimeType, size] of [
    ['a JPEG', jpegPicture({ width: 4_032, height: 3_024 }), 'image/jpeg', [4_032, 3_024]],
    ['a turned JPEG', jpegPicture({ width: 4_032, height: 3_024, orientation: 6 }), 'image/jpeg', [3_024, 4_032]],
    ['a PNG', pngPicture({ width: 640, height: 480 }), 'image/png', [640, 480]],
    ['a WebP', webpPicture({ width: 1_920, height: 1_080 }), 'image/webp', [1_920, 1_080]],
    ['a JPEG with a page behind it', Buffer.concat([jpegPicture(), Buffer.from('<script>')]), 'image/jpeg', null],
    ['a JPEG with an archive behind it', Buffer.concat([jpegPicture(), zipFile({ a: 'b' })]), 'image/jpeg', null],
    ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj', 'latin1'), 'application/pdf', null],
    ['sound in WebM', webmFile(), 'audio/webm', null],
    ['sound in Ogg', oggFile(), 'audio/ogg', null],
    ['sound in MP4', mp4File(), 'audio/mp4', null],
    ['sound in MP4, described at its end', mp4File(['soun'], { moovLast: true, mediaBytes: 2e6 }), 'audio/mp4', null],
    ['text', Buffer.from('白毫银针 2019, 80 °C\n'), 'text/plain', null],
    ['text whose characters lie across pieces', Buffer.from(`a${'茶'.repeat(200_000)}`), 'text/plain', null],
    [
      'a document',
      zipFile({ '[Content_Types].xml': WORD_TYPES, 'word/document.xml': '<w/>' }),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      null,
    ],
  ] as const) {
    it(`takes ${title} for ${mimeType}`, async () => {
      const facts = await identify(bytes);
      expect(facts.mimeType).to.equal(mimeType);
      if (size) expect([facts.width, facts.height]).to.deep.equal(size);
      if (!mimeType.startsWith('image/')) expect([facts.width, facts.height]).to.deep.equal([null, null]);
    });
  }

  for (const [title, bytes] of [
    ['a program', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff', 'latin1')],
    ['a program of Linux', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0', 'latin1')],
    ['an archive', zipFile({ 'readme.txt': 'tea' })],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a page after blanks', Buffer.from(`\ufeff${' \n'.repeat(200_000)}<html>`)],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a drawing with a prolog', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['text with a NUL', Buffer.from('tea\0')],
    ['text of another encoding', Buffer.from('\xb0\xd7\xba\xc1', 'latin1')],
    ['text that ends within a character', Buffer.from('茶').subarray(0, 2)],
    ['blanks alone', Buffer.from(' \n')],
    ['nothing', Buffer.alloc(0)],
    ['the beginning of a JPEG', jpegPicture().subarray(0, 12)],
    ['the beginning of a PNG', pngPicture().subarray(0, 10)],
    ['a PNG without pixels', pngPicture({ width: 0, height: 10 })],
    ['a film in WebM', webmFile(['V_VP8', 'A_OPUS'])],
    ['WebM without tracks', webmFile([])],
    ['a film in MP4', mp4File(['soun', 'vide'])],
    ['MP4 without tracks', mp4File([])],
    ['MP4 without its end', mp4File(['soun'], { moovLast: true }).subarray(0, 500)],
    ['MP4 whose box is longer than all', Buffer.concat([mp4File().subarray(0, 20), Buffer.from('ffffffff', 'hex')])],
  ] as const) {
    it(`refuses ${title}`, async () => {
      expect(await refusal(bytes)).to.equal('fileNotSupported');
    });
  }

  it('refuses more pixels than a page can show', async () => {
    expect(await refusal(jpegPicture({ width: 65_000, height: 65_000 }))).to.equal('fileTooLarge');
  });

  it('refuses what this server does not take', async () => {
    const refused = await identifyFile(stored(jpegPicture()), ['image/png']).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'fileNotSupported');
  });

  it('does not unpack what claims to be large, and reads no more than its head', async () => {
    const bomb = Buffer.concat([zipFile({ '[Content_Types].xml': 'x'.repeat(1_000) }, 4e9), Buffer.alloc(3e6)]);
    const file = stored(bomb);
    expect(await identifyFile(file, fileTypeNames).catch((error: { code: string }) => error.code)).to.equal(
      'fileNotSupported',
    );
    expect(file.furthest).to.be.below(1e6);
  });
});
