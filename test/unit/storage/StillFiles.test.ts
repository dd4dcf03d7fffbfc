import { expect } from 'chai';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { uuidV7 } from '../../../server/base/uuidV7.ts';
import { StillFiles } from '../../../server/storage/StillFiles.ts';
import { jpegPicture, pngPicture } from '../../helpers/pictures.ts';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';

const MAX_BYTES = 1_000_000;
const bounds = { maxBytes: MAX_BYTES, maxPixels: 20_000_000 };

describe('the files of stills', () => {
  const folder = temporaryFolder();
  const stillId = uuidV7(1);
  let files: StillFiles;

  beforeEach(async () => (files = await StillFiles.open(join(folder.path, 'stills'))));

  const receive = (...chunks: Buffer[]) => files.receive(Readable.from(chunks), bounds);
  const names = () => readdirSync(files.folder);
  const refusalOf = (body: Readable) =>
    files.receive(body, bounds).then(
      () => 'none',
      (error: unknown) => (error instanceof ChaxiError ? error.code : String(error)),
    );

  it('are for the user of the server alone', async () => {
    expect(statSync(files.folder).mode & 0o777).to.equal(0o700);
    const picture = await receive(jpegPicture());
    await files.keep({ picture, preview: null }, stillId);
    expect(statSync(join(files.folder, `${stillId}.jpg`)).mode & 0o777).to.equal(0o600);
  });

  it('hold what came, in whatever pieces', async () => {
    const bytes = pngPicture({ width: 50, height: 40 });
    const picture = await receive(...Array.from(bytes, (byte) => Buffer.from([byte])));
    expect(picture).to.include({ sizeBytes: bytes.length, width: 50, height: 40, mimeType: 'image/png' });
    expect(names())
      .to.have.length(1)
      .and.to.have.nested.property('0')
      .that.matches(/\.part$/);
    await files.keep({ picture, preview: null }, stillId);
    expect(names()).to.deep.equal([`${stillId}.png`]);
    expect(readFileSync(join(files.folder, `${stillId}.png`)).equals(bytes)).to.equal(true);
    await files.remove(stillId, { picture: 'image/png', preview: null });
    expect(names()).to.be.empty;
    await files.remove(stillId, { picture: 'image/png', preview: null });
  });

  it('hold a preview beside the picture, and lose both together', async () => {
    const pictures = { picture: await receive(pngPicture()), preview: await receive(jpegPicture({ width: 48 })) };
    await files.keep(pictures, stillId);
    expect(names()).to.have.members([`${stillId}.png`, `${stillId}.preview.jpg`]);
    await files.remove(stillId, { picture: 'image/png', preview: 'image/jpeg' });
    expect(names()).to.be.empty;
  });

  it('leave nothing of a picture that is refused, breaks off or is not wanted any more', async () => {
    const broken = Readable.from(
      (function* () {
        yield jpegPicture();
        throw new Error('connection reset');
      })(),
    );
    expect(await refusalOf(Readable.from([Buffer.from('tea')]))).to.equal('pictureNotSupported');
    expect(await refusalOf(Readable.from([jpegPicture({ sizeBytes: MAX_BYTES + 1 })]))).to.equal('pictureTooLarge');
    expect(await refusalOf(broken)).to.equal('badRequest');
    await files.discard(await receive(jpegPicture()));
    expect(names()).to.be.empty;
  });

  it('do not close the stream of a picture that is refused, so that its sender can be told', async () => {
    const body = new Readable({ read() {} });
    body.push(jpegPicture({ sizeBytes: MAX_BYTES + 1 }));
    expect(await refusalOf(body)).to.equal('pictureTooLarge');
    expect(body.destroyed).to.equal(false);
  });

  describe('when they are swept', () => {
    const old = (name: string) => {
      const file = join(files.folder, name);
      writeFileSync(file, 'x');
      utimesSync(file, 1, 1);
    };

    it('go where there is no still to them, and nothing writes them any more', async () => {
      const lost = uuidV7(2);
      old(`${stillId}.jpg`);
      old(`${lost}.webp`);
      old(`${stillId}.preview.jpg`);
      old(`${lost}.preview.jpg`);
      old(`${uuidV7(3)}.part`);
      const young = await receive(jpegPicture());
      const asked: string[] = [];
      const removed = await files.sweep(async (ids) => {
        asked.push(...ids);
        return new Set([stillId]);
      }, 60_000);
      expect(removed).to.equal(3);
      expect(new Set(asked)).to.deep.equal(new Set([stillId, lost]));
      expect(names().toSorted()).to.deep.equal(
        [`${stillId}.jpg`, `${stillId}.preview.jpg`, young.file.slice(files.folder.length + 1)].toSorted(),
      );
    });

    it('leave alone what is not theirs', async () => {
      mkdirSync(join(files.folder, 'lost+found'));
      for (const name of ['notes.txt', '.hidden', `${stillId}.gif`, `${stillId}.other.jpg`, 'x.jpg']) old(name);
      expect(await files.sweep(async () => new Set(), 0)).to.equal(0);
      expect(existsSync(join(files.folder, 'lost+found'))).to.equal(true);
    });
  });

  it('can not be where a file is', async () => {
    writeFileSync(join(folder.path, 'occupied'), '');
    const outcome: unknown = await StillFiles.open(join(folder.path, 'occupied')).catch((error: unknown) => error);
    expect(outcome).to.be.an('error');
  });
});
