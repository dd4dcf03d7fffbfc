import type { ErrorCode } from '../../../protocol/errorCodes.ts';

/**
 * Errors after which a lost session tries again: those that the protocol names (`closed` in protocol/signaling.ts), those of
 * the network, and a token that could not be fetched, because the backend may be behind the same broken network.
 */
const transientCodes: ReadonlySet<ErrorCode> = new Set([
  'serverDraining',
  'mediaUnavailable',
  'nodeUnavailable',
  'clusterUnavailable',
  'rateLimited',
  'serverUnreachable',
  'connectionLost',
  'requestTimeout',
  'tokenMissing',
]);

export function isTransient(code: ErrorCode): boolean {
  return transientCodes.has(code);
}
