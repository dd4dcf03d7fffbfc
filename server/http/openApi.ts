import { errorCodes, type ErrorCode } from '../../protocol/errorCodes.ts';
import { z } from 'zod';
import { inputSchemas, operations, outputSchemas, parameters, type Operation } from './apiOperations.ts';

type Json = Record<string, unknown>;

/** Errors that every operation can meet. */
const commonErrors: ErrorCode[] = ['credentialsInvalid', 'originNotAllowed', 'rateLimited', 'internal'];

/** The description of REST as OpenAPI 3.1, its schemas made from those that check the requests. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Chaxi',
      version: '1',
      description:
        'Rooms, their tastings, stills and invitations, and conversations, for the backend of a shop. Tokens are made by the backend itself: see docs/protocol.md.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
    paths: Object.fromEntries(
      Object.entries(operations).map(([path, methods]) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([method, operation]) => [method, describeOperation(operation)]),
        ),
      ]),
    ),
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'basic', description: 'API key as user name, its secret as password.' },
      },
      schemas: { ...toJsonSchemas(inputSchemas, 'input'), ...toJsonSchemas(outputSchemas, 'output') },
    },
  };
}

function describeOperation({ operationId, summary, body, parameters: names, success, errors }: Operation): Json {
  return {
    operationId,
    summary,
    ...(names.length === 0 ? {} : { parameters: names.map(describeParameter) }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonContent(body) } }),
    responses: {
      [success.status]: {
        description: success.description,
        ...(success.schema === undefined ? {} : { content: jsonContent(success.schema) }),
      },
      ...describeErrors([...errors, ...commonErrors]),
    },
  };
}

function describeParameter(name: keyof typeof parameters): Json {
  const { schema, ...rest } = parameters[name];
  return { name, ...rest, schema: reference(schema) };
}

/** One response a status, which names the codes that it can carry. */
function describeErrors(codes: readonly ErrorCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      String(status),
      {
        description: group.map((code) => `\`${code}\`: ${errorCodes[code].message}`).join(' '),
        content: jsonContent('Error'),
      },
    ]),
  );
}

function jsonContent(schema: string): Json {
  return { 'application/json': { schema: reference(schema) } };
}

function reference(schema: string): Json {
  return { $ref: `#/components/schemas/${schema}` };
}

function toJsonSchemas(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Json {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const json = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
      // The dialect of the whole document holds (OpenAPI 3.1 section 4.8.24.5).
      delete json.$schema;
      return [name, json];
    }),
  );
}
