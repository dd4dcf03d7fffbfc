import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { DiskFiles } from '../../../../server/storage/attachments/DiskFiles.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

describe('DiskFiles', () => {
  const folder = temporaryFolder();
  let files: DiskFiles;
  let id: string;
  const path = () => join(folder.path, 'attachments');
  const content = () => files.read(id, async (file) => String(await file.read(0, file.sizeBytes)));

  beforeEach(async () => {
    files = await DiskFiles.open(path());
    id = randomUUID();
    await files.begin(id);
  });

  it('puts together what comes in parts, for its own user alone to read', async () => {
    expect(await files.sizeOf(id, 'file')).to.equal(0);
    expect(await files.append(id, Readable.from([Buffer.from('白毫')]), 100)).to.equal(6);
    expect(await files.append(id, Readable.from([Buffer.from('银'), Buffer.from('针')]), 100)).to.equal(12);
    await files.keep(id);
    expect(await content()).to.equal('白毫银针');
    expect(await files.sizeOf(id, 'file')).to.equal(12);
    expect(statSync(join(path(), `${id}.file`)).mode & 0o777).to.equal(0o600);
    expect(statSync(path()).mode & 0o777).to.equal(0o700);
  });

  it('takes no byte more than is allowed, and leaves the body open for an answer', async () => {
    const body = new PassThrough();
    body.write('abc');
    const appended = files.append(id, body, 5).catch((error: { code: string }) => error.code);
    await waitFor('the first part', async () => (await files.sizeOf(id, 'file')) === 3);
    body.write('def');
    expect(await appended).to.equal('fileTooLarge');
    expect([await content(), body.destroyed]).to.deep.equal(['abc', false]);
  });

  it('keeps what came before a body broke off', async () => {
    const body = new PassThrough();
    const appended = files.append(id, body, 100).catch((error: { code: string }) => error.code);
    body.write('abc');
    await waitFor('the first part', async () => (await files.sizeOf(id, 'file')) === 3);
    body.destroy(new Error('gone'));
    expect(await appended).to.equal('badRequest');
    expect(await files.append(id, Readable.from([Buffer.from('def')]), 100)).to.equal(6);
    expect(await content()).to.equal('abcdef');
  });

  it('reads in pieces, and nothing behind the end', async () => {
    await files.append(id, Readable.from([Buffer.from('0123456789')]), 100);
    const pieces = await files.read(id, async ({ read }) => [await read(2, 3), await read(8, 9), await read(50, 1)]);
    expect(pieces.map(String)).to.deep.equal(['234', '89', '']);
  });

  it('replaces a preview at once, and removes both parts', async () => {
    await files.writePreview(id, Buffer.from('small'));
    await files.writePreview(id, Buffer.from('smaller'));
    expect(readdirSync(path()).sort()).to.deep.equal([`${id}.file`, `${id}.preview`]);
    expect(files.locate(id, 'preview')).to.deep.equal({ folder: path(), name: `${id}.preview` });
    await files.remove(id);
    await files.remove(id);
    expect(readdirSync(path())).to.be.empty;
    expect(await files.sizeOf(id, 'file')).to.equal(undefined);
  });

  it('begins no file twice', async () => {
    expect(await files.begin(id).catch((error: NodeJS.ErrnoException) => error.code)).to.equal('EEXIST');
  });

  it('sweeps what is old and belongs to nothing, and lets alone what is not its own', async () => {
    await files.writePreview(id, Buffer.from('p'));
    const [lost, young] = [randomUUID(), randomUUID()];
    for (const name of [`${lost}.file`, `${lost}.preview`, `${id}.preview.part`, 'notes.txt', `${lost}.exe`]) {
      writeFileSync(join(path(), name), '');
      utimesSync(join(path(), name), 0, 0);
    }
    writeFileSync(join(path(), `${young}.file`), '');
    utimesSync(join(path(), `${id}.file`), 0, 0);
    const asked: string[] = [];
    const exist = (ids: string[]) => {
      asked.push(...ids);
      return Promise.resolve(new Set([id]));
    };
    expect(await files.sweep(exist, 60_000)).to.equal(3);
    expect(asked.sort()).to.deep.equal([id, lost, young].sort());
    expect(readdirSync(path()).sort()).to.deep.equal(
      [`${id}.file`, `${id}.preview`, `${lost}.exe`, `${young}.file`, 'notes.txt'].sort(),
    );
  });
});
