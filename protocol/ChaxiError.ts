import { errorCodes, isErrorCode, type ErrorCode } from './errorCodes.ts';

/** What of an error crosses a wire: never a stack, never a cause. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  /** Where in the input the fault lies, e.g. `rtpParameters.codecs.0.mimeType`. */
  path?: string;
}

export interface ChaxiErrorOptions {
  /** Replaces the code's standard message. */
  message?: string;
  path?: string;
  /** For the log only. */
  cause?: unknown;
}

/** The same in each bundle of the SDK. */
const brand = Symbol.for('chaxi.error');

/**
 * The one error class of server and SDK. `code` is stable; decide by it, show `message`. Each bundle of the SDK has its own copy of it, and
 * `instanceof` takes them all for the same.
 */
export class ChaxiError extends Error {
  readonly code: ErrorCode;
  /** HTTP status, 0 for an error that only the SDK raises. */
  readonly status: number;
  readonly path: string | undefined;

  constructor(code: ErrorCode, options: ChaxiErrorOptions = {}) {
    super(options.message ?? errorCodes[code].message, { cause: options.cause });
    this.name = 'ChaxiError';
    this.code = code;
    this.status = errorCodes[code].status;
    this.path = options.path;
  }

  static override [Symbol.hasInstance](value: unknown): value is ChaxiError {
    return typeof value === 'object' && value !== null && brand in value;
  }

  get [brand](): true {
    return true;
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, ...(this.path === undefined ? {} : { path: this.path }) };
  }

  /** Reads a body that came over a wire; anything that is not one becomes `internal`. */
  static fromBody(body: unknown): ChaxiError {
    if (typeof body === 'object' && body !== null && 'code' in body && isErrorCode(body.code)) {
      const { message, path } = body as { message?: unknown; path?: unknown };
      return new ChaxiError(body.code, {
        message: typeof message === 'string' ? message : undefined,
        path: typeof path === 'string' ? path : undefined,
      });
    }
    return new ChaxiError('internal', { cause: body });
  }
}
