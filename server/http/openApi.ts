import { z } from 'zod';
import { errorCodes, type ErrorCode } from '../../protocol/errorCodes.ts';
import { roomNameSchema } from '../../protocol/participants.ts';
import {
  createRoomSchema,
  roomDetailSchema,
  roomListSchema,
  roomSchema,
  stillListSchema,
  stillPageSchema,
} from '../../protocol/rest.ts';
import { errorBodySchema } from '../../protocol/signaling.ts';
import { stillSchema } from '../../protocol/stills.ts';

type Json = Record<string, unknown>;

const inputSchemas = {
  CreateRoom: createRoomSchema,
  RoomName: roomNameSchema,
  StillId: stillPageSchema.shape.before.unwrap(),
  PageLimit: stillPageSchema.shape.limit,
};
const outputSchemas = {
  Room: roomSchema,
  RoomDetail: roomDetailSchema,
  RoomList: roomListSchema,
  Still: stillSchema,
  StillList: stillListSchema,
  Error: z.object({ error: errorBodySchema }),
};

/** Parameters by their names, with the schema of each. */
const parameters = {
  name: { in: 'path', required: true, schema: 'RoomName', description: 'Name of the room.' },
  stillId: { in: 'path', required: true, schema: 'StillId', description: 'Id of the still.' },
  before: { in: 'query', required: false, schema: 'StillId', description: 'Only stills that are older than this one.' },
  limit: { in: 'query', required: false, schema: 'PageLimit', description: 'How many stills at most.' },
} as const;

interface Operation {
  operationId: string;
  summary: string;
  body?: keyof typeof inputSchemas;
  parameters: (keyof typeof parameters)[];
  success: { status: number; description: string; schema?: keyof typeof outputSchemas };
  errors: ErrorCode[];
}

const operations: Record<string, Record<string, Operation>> = {
  '/v1/rooms': {
    post: {
      operationId: 'createRoom',
      summary: 'Creates a room.',
      body: 'CreateRoom',
      parameters: [],
      success: { status: 201, description: 'The room; its address is in Location.', schema: 'Room' },
      errors: ['badRequest', 'roomExists', 'messageTooLarge', 'limitReached', 'serverDraining'],
    },
    get: {
      operationId: 'listRooms',
      summary: 'Lists the open rooms of this API key.',
      parameters: [],
      success: { status: 200, description: 'The rooms.', schema: 'RoomList' },
      errors: [],
    },
  },
  '/v1/rooms/{name}': {
    get: {
      operationId: 'getRoom',
      summary: 'Reads a room and who is in it.',
      parameters: ['name'],
      success: { status: 200, description: 'The room.', schema: 'RoomDetail' },
      errors: ['badRequest', 'roomNotFound'],
    },
    delete: {
      operationId: 'closeRoom',
      summary: 'Closes a room; everyone in it gets `roomClosed`.',
      parameters: ['name'],
      success: { status: 204, description: 'The room is closed.' },
      errors: ['badRequest', 'roomNotFound'],
    },
  },
  '/v1/rooms/{name}/stills': {
    get: {
      operationId: 'listStills',
      summary: 'Lists the stills of a room, open or not, the newest first.',
      parameters: ['name', 'before', 'limit'],
      success: { status: 200, description: 'The stills; each has the path of its picture.', schema: 'StillList' },
      errors: ['badRequest', 'storageUnavailable'],
    },
  },
  '/v1/rooms/{name}/stills/{stillId}': {
    delete: {
      operationId: 'removeStill',
      summary: 'Removes a still and its picture; those in the room hear of it.',
      parameters: ['name', 'stillId'],
      success: { status: 204, description: 'The still is removed.' },
      errors: ['badRequest', 'stillNotFound', 'storageUnavailable', 'nodeUnavailable', 'clusterUnavailable'],
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
      description:
        'Rooms and their stills, for the backend of a shop. Tokens are made by the backend itself: see docs/protocol.md.',
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
