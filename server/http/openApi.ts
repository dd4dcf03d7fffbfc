import { z } from 'zod';
import { errorCodes, type ErrorCode } from '../../protocol/errorCodes.ts';
import { roomNameSchema } from '../../protocol/participants.ts';
import { createRoomSchema, roomDetailSchema, roomListSchema, roomSchema } from '../../protocol/rest.ts';
import { errorBodySchema } from '../../protocol/signaling.ts';

type Json = Record<string, unknown>;

const inputSchemas = { CreateRoom: createRoomSchema, RoomName: roomNameSchema };
const outputSchemas = {
  Room: roomSchema,
  RoomDetail: roomDetailSchema,
  RoomList: roomListSchema,
  Error: z.object({ error: errorBodySchema }),
};

interface Operation {
  operationId: string;
  summary: string;
  body?: keyof typeof inputSchemas;
  named: boolean;
  success: { status: number; description: string; schema?: keyof typeof outputSchemas };
  errors: ErrorCode[];
}

const operations: Record<string, Record<string, Operation>> = {
  '/v1/rooms': {
    post: {
      operationId: 'createRoom',
      summary: 'Creates a room.',
      body: 'CreateRoom',
      named: false,
      success: { status: 201, description: 'The room; its address is in Location.', schema: 'Room' },
      errors: ['badRequest', 'roomExists', 'messageTooLarge', 'limitReached', 'serverDraining'],
    },
    get: {
      operationId: 'listRooms',
      summary: 'Lists the open rooms of this API key.',
      named: false,
      success: { status: 200, description: 'The rooms.', schema: 'RoomList' },
      errors: [],
    },
  },
  '/v1/rooms/{name}': {
    get: {
      operationId: 'getRoom',
      summary: 'Reads a room and who is in it.',
      named: true,
      success: { status: 200, description: 'The room.', schema: 'RoomDetail' },
      errors: ['badRequest', 'roomNotFound'],
    },
    delete: {
      operationId: 'closeRoom',
      summary: 'Closes a room; everyone in it gets `roomClosed`.',
      named: true,
      success: { status: 204, description: 'The room is closed.' },
      errors: ['badRequest', 'roomNotFound'],
    },
  },
};

/** Errors that every operation can meet. */
const commonErrors: ErrorCode[] = ['credentialsInvalid', 'originNotAllowed', 'rateLimited', 'internal'];

/** The description of REST as OpenAPI 3.1, its schemas made from those that check the requests. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Chaxi',
      version: '1',
      description: 'Rooms, for the backend of a shop. Tokens are made by the backend itself: see docs/protocol.md.',
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

function describeOperation({ operationId, summary, body, named, success, errors }: Operation): Json {
  return {
    operationId,
    summary,
    ...(named ? { parameters: [{ name: 'name', in: 'path', required: true, schema: reference('RoomName') }] } : {}),
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
