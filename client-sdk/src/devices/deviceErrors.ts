import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../../protocol/errorCodes.ts';

export type DeviceKind = 'camera' | 'microphone' | 'screen';

const deniedCodes: Readonly<Record<DeviceKind, ErrorCode>> = {
  camera: 'cameraDenied',
  microphone: 'microphoneDenied',
  screen: 'screenDenied',
};

/** The names that browsers give to a failed getUserMedia or getDisplayMedia (Media Capture and Streams, section 10). */
const codesByName: Readonly<Record<string, ErrorCode>> = {
  NotFoundError: 'deviceNotFound',
  OverconstrainedError: 'deviceNotFound',
  DevicesNotFoundError: 'deviceNotFound',
  NotReadableError: 'deviceInUse',
  TrackStartError: 'deviceInUse',
  AbortError: 'deviceInUse',
  TypeError: 'browserUnsupported',
  NotSupportedError: 'browserUnsupported',
};

const deniedNames: ReadonlySet<string> = new Set(['NotAllowedError', 'PermissionDeniedError', 'SecurityError']);

/** What a failure to open a device means. A ChaxiError stays what it is. */
export function deviceError(kind: DeviceKind, error: unknown): ChaxiError {
  if (error instanceof ChaxiError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  // Choosing nothing in the screen picker looks like a denial in some browsers and like an abort in others.
  const denied = deniedNames.has(name) || (kind === 'screen' && name === 'AbortError');
  return new ChaxiError(denied ? deniedCodes[kind] : (codesByName[name] ?? 'deviceInUse'), { cause: error });
}
