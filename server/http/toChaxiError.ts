import { ChaxiError } from '../../protocol/ChaxiError.ts';

/** Whatever a handler threw, as one of our errors. What is not the client's fault becomes `internal` and tells nothing. */
export function toChaxiError(error: unknown): ChaxiError {
  if (error instanceof ChaxiError) {
    return error;
  }
  // Errors of express and its body parser (http-errors) carry a status and mostly a type.
  const { status, type } = describe(error);
  if (type === 'entity.too.large') {
    return new ChaxiError('messageTooLarge', { cause: error });
  }
  if (type === 'entity.parse.failed') {
    return new ChaxiError('badRequest', { message: 'The body is not valid JSON. Correct it.', cause: error });
  }
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') {
    return new ChaxiError('badRequest', { message: 'Send the body as JSON in UTF-8.', cause: error });
  }
  if (status === 404) {
    return new ChaxiError('notFound', { cause: error });
  }
  return new ChaxiError(status >= 400 && status < 500 ? 'badRequest' : 'internal', { cause: error });
}

function describe(error: unknown): { status: number; type: string } {
  if (typeof error !== 'object' || error === null) {
    return { status: 500, type: '' };
  }
  return {
    status: 'status' in error && typeof error.status === 'number' ? error.status : 500,
    type: 'type' in error && typeof error.type === 'string' ? error.type : '',
  };
}
