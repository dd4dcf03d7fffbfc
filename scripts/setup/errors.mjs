/** A failure that the user can do something about. It is shown without a stack. */
export class SetupError extends Error {
  /**
   * @param {string} message what happened
   * @param {string} [advice] what to do, on lines of its own
   */
  constructor(message, advice) {
    super(message);
    this.name = 'SetupError';
    this.advice = advice;
  }
}

/** The first rule that matches what a failed command said tells what to do. */
const rules = [
  {
    pattern: /ENOSPC|No space left on device|not enough free space/i,
    advice: 'The disk is full. Free some space (the worker build needs 1 GB), then run the same command again.',
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|Could not resolve|Temporary failure resolving|Could not connect|Connection timed out|Network is unreachable|network request .* failed/i,
    advice:
      'The network cannot be reached. Check the connection (or the proxy and mirror settings of npm and apt), then run ' +
      'the same command again: it goes on where it stopped.',
  },
  {
    pattern: /EACCES|EPERM|Permission denied|EROFS|Read-only file system/i,
    advice: 'Something cannot be written. Check who owns this folder, node_modules/ and ~/.cache/chaxi/.',
  },
  {
    pattern: /package\.json and package-lock\.json .* in sync|npm (error|ERR!) code EUSAGE/i,
    advice: 'package.json and package-lock.json disagree. Run `npm install`, and commit both.',
  },
  {
    pattern: /virtual memory exhausted|Killed signal terminated program|Cannot allocate memory/i,
    advice: 'The memory is used up. Close something, then run the same command again: it goes on where it stopped.',
  },
];

/**
 * @param {string} output what the failed command printed
 * @returns {string | undefined} what to do, when the output says why it failed
 */
export function adviceFor(output) {
  return rules.find(({ pattern }) => pattern.test(output))?.advice;
}
