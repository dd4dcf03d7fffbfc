import type { ErrorCode } from '../../../protocol/errorCodes.ts';
import { isTransient } from '../policies/retryPolicy.ts';

/** Errors of messages after which the same may succeed: those of the network, and of a server that can not keep or read anything now. */
export function mayPass(code: ErrorCode): boolean {
  return isTransient(code) || code === 'storageUnavailable' || code === 'internal';
}
