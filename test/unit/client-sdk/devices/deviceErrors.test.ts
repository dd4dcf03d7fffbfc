import { expect } from 'chai';
import { deviceError, type DeviceKind } from '../../../../client-sdk/src/devices/deviceErrors.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../../../protocol/errorCodes.ts';

describe('deviceError', () => {
  const cases: [kind: DeviceKind, name: string, code: ErrorCode][] = [
    ['camera', 'NotAllowedError', 'cameraDenied'],
    ['camera', 'SecurityError', 'cameraDenied'],
    ['microphone', 'NotAllowedError', 'microphoneDenied'],
    ['microphone', 'PermissionDeniedError', 'microphoneDenied'],
    ['screen', 'NotAllowedError', 'screenDenied'],
    ['screen', 'AbortError', 'screenDenied'],
    ['camera', 'NotFoundError', 'deviceNotFound'],
    ['camera', 'OverconstrainedError', 'deviceNotFound'],
    ['microphone', 'NotReadableError', 'deviceInUse'],
    ['camera', 'AbortError', 'deviceInUse'],
    ['camera', 'SomethingNewError', 'deviceInUse'],
    ['camera', 'TypeError', 'browserUnsupported'],
  ];
  for (const [kind, name, code] of cases) {
    it(`takes ${name} of a ${kind} for ${code}`, () => {
      const cause = new DOMException('no', name);
      const error = deviceError(kind, cause);
      expect(error.code).to.equal(code);
      expect(error.cause).to.equal(cause);
    });
  }

  it('leaves a ChaxiError what it is', () => {
    const error = new ChaxiError('insecureContext');
    expect(deviceError('camera', error)).to.equal(error);
  });
});
