/** What tests need besides: a browser, a font that has Chinese, PostgreSQL, Redis, a TURN server. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hasApt, installPackages, missingPackages } from './apt.mjs';
import { SetupError } from './errors.mjs';

const PACKAGES = ['chromium', 'coturn', 'fonts-noto-cjk', 'postgresql', 'redis-server'];
const COMMANDS = ['chromium', 'postgres', 'redis-server', 'turnserver'];

export const testToolsStep = {
  title: 'test tools',

  /** @returns {Promise<string | null>} */
  async check() {
    const isReady = hasApt() ? missingPackages(PACKAGES).length === 0 : COMMANDS.every(isOnPath);
    return isReady ? 'up to date' : null;
  },

  /**
   * @param {import('./progress.mjs').StepProgress} progress
   * @returns {Promise<string>}
   */
  async run(progress) {
    if (!hasApt()) {
      throw new SetupError(
        `The tests need these commands: ${COMMANDS.join(', ')}.`,
        'Install them with this system’s package manager, then run the same command again.',
      );
    }
    const missing = missingPackages(PACKAGES);
    await installPackages(missing, 'run the tests', progress);
    return `installed ${missing.join(', ')}`;
  },
};

/**
 * @param {string} command
 * @returns {boolean}
 */
function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
