import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * A short hash over the names and the contents of all files in a folder.
 *
 * @param {string} dir
 * @param {readonly string[]} [skip] names of files and folders that do not count
 * @returns {string} 12 hexadecimal digits
 */
export function hashFolder(dir, skip = []) {
  const hash = createHash('sha256');
  const visit = (/** @type {string} */ folder) => {
    const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !skip.includes(entry.name));
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        visit(path);
      } else {
        const content = readFileSync(path);
        hash.update(`${relative(dir, path)}\0${content.length}\0`).update(content);
      }
    }
  };
  visit(dir);
  return hash.digest('hex').slice(0, 12);
}
