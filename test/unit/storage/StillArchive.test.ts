import { expect } from 'chai';
import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { limits } from '../../../protocol/limits.ts';
import { uuidV7 } from '../../../server/base/uuidV7.ts';
import type { Database } from '../../../server/storage/schema.ts';
import { openSqlite } from '../../../server/storage/sqlite/openSqlite.ts';
import { StillArchive, type StillOrigin } from '../../../server/storage/StillArchive.ts';
import { StillFiles } from '../../../server/storage/StillFiles.ts';
import { StillStore } from '../../../server/storage/StillStore.ts';
import { jpegPicture, pngPicture } from '../../helpers/pictures.ts';
import { recordLog } from '../../helpers/recordLog.ts';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';

const DAY_MS = 86_400_000;
const room = { tenant: 'shop', room: 'tea' };

describe('the archive of stills', () => {
  const folder = temporaryFolder();
  let database: Database;
  let store: StillStore;
  let files: StillFiles;
  let log: ReturnType<typeof recordLog>;
  const lines = () =>
    log.entries.map(({ level, message, fields }) => `${level} ${message} ${String(fields.operation)}`);

  beforeEach(async () => {
    log = recordLog();
    database = await openSqlite(join(folder.path, 'chaxi.sqlite'), log.logger);
    store = new StillStore(database);
    files = await StillFiles.open(join(folder.path, 'stills'));
  });
  afterEach(() => database.destroy());

  const open = (retentionDays = 0) =>
    new StillArchive({ store, files, settings: { maxBytes: 1_000_000, retentionDays }, logger: log.logger });
  const origin = (takenAt = Date.now()): StillOrigin => ({
    stillId: uuidV7(takenAt),
    takenAt,
    source: 'teaCloseUp',
    takenFrom: { identity: 'host', name: '李师傅' },
    requestedBy: { identity: 'guest', name: '客人' },
    colorCorrected: true,
  });
  const receive = (archive: StillArchive) => archive.receive(Readable.from([jpegPicture()]), 'picture');
  const receivePreview = (archive: StillArchive, size = { width: 480, height: 360 }) =>
    archive.receive(Readable.from([pngPicture(size)]), 'preview');
  const keyOf = (path: string) => path.slice('/stills/'.length);
  const keep = async (archive: StillArchive, takenAt?: number) =>
    archive.keep({ picture: await receive(archive), preview: null }, room, origin(takenAt));
  const keepWithPreview = async (archive: StillArchive, takenAt?: number) =>
    archive.keep({ picture: await receive(archive), preview: await receivePreview(archive) }, room, origin(takenAt));
  const codeOf = (outcome: Promise<unknown>) =>
    outcome.then(
      () => 'none',
      (error: unknown) => (error instanceof ChaxiError ? error.code : String(error)),
    );
  const names = () => readdirSync(files.folder);

  it('finds a kept still by its room and its picture by its address', async () => {
    const archive = open();
    const still = await keep(archive);
    expect(still).to.deep.include({ mimeType: 'image/jpeg', width: 4_032, height: 3_024, colorCorrected: true });
    expect(await archive.list(room, { limit: 9 })).to.deep.equal([still]);
    expect(await archive.count(room)).to.equal(1);
    const located = await archive.locate(keyOf(still.path));
    expect(located).to.deep.equal({
      folder: files.folder,
      name: `${still.stillId}.jpg`,
      mimeType: 'image/jpeg',
      kind: 'picture',
      still,
    });
    expect(names()).to.deep.equal([located.name]);
    expect(still.previewPath).to.equal(null);
  });

  it('keeps a preview beside the picture, at an address of its own', async () => {
    const archive = open();
    const still = await keepWithPreview(archive);
    expect(await archive.list(room, { limit: 9 })).to.deep.equal([still]);
    const located = await archive.locate(keyOf(still.previewPath!));
    expect(located).to.deep.include({
      name: `${still.stillId}.preview.png`,
      mimeType: 'image/png',
      kind: 'preview',
      still,
    });
    expect(await archive.locate(keyOf(still.path))).to.include({ name: `${still.stillId}.jpg`, kind: 'picture' });
    expect(names()).to.have.members([`${still.stillId}.jpg`, located.name]);
    expect(await archive.count(room)).to.equal(1);
  });

  it('takes no preview that is a picture', async () => {
    const archive = open();
    expect(await codeOf(receivePreview(archive, { width: 1_000, height: 401 }))).to.equal('pictureTooLarge');
    const heavy = Readable.from([jpegPicture({ width: 480, height: 360, sizeBytes: limits.stillPreviewBytes + 1 })]);
    expect(await codeOf(archive.receive(heavy, 'preview'))).to.equal('pictureTooLarge');
    expect(names()).to.be.empty;
  });

  it('gives every picture another address, which tells nothing of the still', async () => {
    const archive = open();
    const stills = [await keepWithPreview(archive), await keepWithPreview(archive)];
    const paths = stills.flatMap(({ path, previewPath }) => [path, previewPath]);
    expect(new Set(paths)).to.have.property('size', 4);
    for (const path of paths) expect(path).to.match(/^\/stills\/[\w-]{43}$/);
  });

  it('removes picture and still, in the own room only', async () => {
    const archive = open();
    const { stillId, path, previewPath } = await keepWithPreview(archive);
    expect(await codeOf(archive.remove({ ...room, tenant: 'other' }, stillId))).to.equal('stillNotFound');
    await archive.remove(room, stillId);
    expect(await codeOf(archive.remove(room, stillId))).to.equal('stillNotFound');
    for (const address of [path, previewPath!]) {
      expect(await codeOf(archive.locate(keyOf(address)))).to.equal('stillNotFound');
    }
    expect(names()).to.be.empty;
  });

  it('keeps neither picture nor still where one of them can not be kept', async () => {
    const archive = open();
    store.save = () => Promise.reject(new Error('disk I/O error'));
    expect(await codeOf(keepWithPreview(archive))).to.equal('storageUnavailable');
    expect(names()).to.be.empty;
    expect(await archive.list(room, { limit: 9 })).to.be.empty;
  });

  for (const written of [true, false]) {
    it(`keeps no half of a still where the answer is lost and its row ${written ? 'is' : 'is not'} written`, async () => {
      const archive = open();
      const save = store.save.bind(store);
      store.save = async (row) => {
        if (written) await save(row);
        throw new Error('The connection broke.');
      };
      expect(await codeOf(keepWithPreview(archive))).to.equal('storageUnavailable');
      expect(await archive.list(room, { limit: 9 })).to.be.empty;
      expect(names()).to.be.empty;
    });

    it(`leaves the pictures to the sweep where it can not learn whether their row ${written ? 'is' : 'is not'} written`, async () => {
      const archive = open();
      const { save, remove } = { save: store.save.bind(store), remove: store.remove.bind(store) };
      store.save = async (row) => {
        if (written) await save(row);
        throw new Error('The connection broke.');
      };
      store.remove = () => Promise.reject(new Error('There is no connection.'));
      expect(await codeOf(keepWithPreview(archive))).to.equal('storageUnavailable');
      store.remove = remove;
      for (const name of names()) utimesSync(join(files.folder, name), 1, 1);
      await archive.sweep();
      const [still] = await archive.list(room, { limit: 9 });
      expect(names()).to.have.members(still ? [`${still.stillId}.jpg`, `${still.stillId}.preview.png`] : []);
      expect(still !== undefined).to.equal(written);
    });
  }

  it('counts the bytes of both pictures', async () => {
    const archive = open();
    const [picture, preview] = [await receive(archive), await receivePreview(archive)];
    await archive.keep({ picture, preview }, room, origin());
    expect(await archive.bytesOf(room.tenant)).to.equal(picture.sizeBytes + preview.sizeBytes);
  });

  it('says once that something is wrong, and once that it is over', async () => {
    const archive = open();
    rmSync(files.folder, { recursive: true });
    for (let count = 0; count < 3; count += 1) expect(await codeOf(keep(archive))).to.equal('storageUnavailable');
    expect(lines()).to.deep.equal(['error stills fail receive']);
    files = await StillFiles.open(files.folder);
    await keep(archive);
    expect(lines()).to.deep.equal(['error stills fail receive', 'info stills work again receive']);
  });

  it('takes a refused picture for no failure of its own', async () => {
    const archive = open();
    expect(await codeOf(archive.receive(Readable.from([Buffer.from('tea')]), 'picture'))).to.equal(
      'pictureNotSupported',
    );
    expect(lines()).to.be.empty;
  });

  it('removes what is older than the retention, and nothing where there is none', async () => {
    const archive = open(30);
    await keepWithPreview(archive, Date.now() - 31 * DAY_MS);
    const young = await keepWithPreview(archive, Date.now() - 29 * DAY_MS);
    await open(0).sweep();
    expect(await archive.count(room)).to.equal(2);
    await archive.sweep();
    expect(await archive.list(room, { limit: 9 })).to.deep.equal([young]);
    expect(names()).to.have.members([`${young.stillId}.jpg`, `${young.stillId}.preview.png`]);
  });

  it('removes pictures without a still when they are old enough to be nobody’s', async () => {
    const archive = open();
    const { stillId } = await keepWithPreview(archive);
    const kept = [`${stillId}.jpg`, `${stillId}.preview.png`];
    for (const name of [`${uuidV7(1)}.jpg`, `${uuidV7(1)}.preview.jpg`, ...kept]) {
      writeFileSync(join(files.folder, name), jpegPicture());
      utimesSync(join(files.folder, name), 1, 1);
    }
    const onItsWay = await receive(archive);
    await archive.sweep();
    expect(names()).to.have.members([...kept, onItsWay.file.slice(files.folder.length + 1)]);
  });

  it('is idle when everything is done', async () => {
    const archive = open();
    let done = false;
    const picture = await receive(archive);
    void archive.keep({ picture, preview: null }, room, origin()).then(() => (done = true));
    await archive.idle();
    expect(done).to.equal(true);
  });
});
