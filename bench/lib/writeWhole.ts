import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file so that whoever reads it, at any time, finds the whole of it or what was there before. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
