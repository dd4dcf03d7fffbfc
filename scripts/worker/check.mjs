import { spawn } from 'node:child_process';

/**
 * Starts a worker the way mediasoup does and waits for its first message, which says that it runs. So a binary for
 * another system, or one whose shared libraries are missing, is found out here and not at the first room.
 *
 * @param {string} bin
 * @param {string} version the mediasoup version it should serve
 * @param {number} [timeoutMs]
 * @returns {Promise<string | null>} null when it runs, else why not
 */
export function checkWorker(bin, version, timeoutMs = 5_000) {
  return new Promise((resolve) => {
    const child = spawn(bin, [], {
      env: { ...process.env, MEDIASOUP_VERSION: version },
      // The worker reads requests from fd 3 and writes notifications to fd 4.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    let stderr = '';
    const timer = setTimeout(() => finish(`it said nothing within ${timeoutMs / 1_000} s`), timeoutMs);
    const finish = (/** @type {string | null} */ result) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(result);
    };
    child.stderr?.on('data', (chunk) => (stderr += chunk));
    // Closing the channel under a worker that dies is an error of the pipe; the exit below tells the reason.
    for (const pipe of child.stdio) pipe?.on('error', () => {});
    child.stdio[4]?.once('data', () => finish(null));
    child.once('error', (error) => finish(error.message));
    child.once('close', (code, signal) => {
      finish(`it ended with ${signal ?? `exit code ${code}`}${stderr ? `: ${stderr.trim().split('\n')[0]}` : ''}`);
    });
  });
}
