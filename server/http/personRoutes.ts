import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request } from 'express';
import type { Config } from '../../config/schema.ts';
import { nameSchema } from '../../protocol/participants.ts';
import type { PersonalRecord } from '../../protocol/rest.ts';
import { parseInput } from '../base/parseInput.ts';
import { authenticate, tenantIn } from './authenticate.ts';
import type { PersonService } from './personService.ts';

/** `/v1/people`, for the backends of shops. apiOperations.ts describes it. */
export function personRoutes(auth: Config['auth'], parts: readonly PersonService[]): Router {
  const router = Router();
  const tenantOf = tenantIn(auth);
  router.use(authenticate(auth));

  router.get('/:identity/export', async (request, response) => {
    const identity = identityOf(request);
    const tenant = tenantOf(request);
    const records = parts.map((part) => part.export(tenant, identity));
    response.type('application/json');
    await pipeline(Readable.from(personalData(identity, records)), response);
  });

  router.delete('/:identity', async (request, response) => {
    for (const part of parts) await part.forget(tenantOf(request), identityOf(request));
    response.status(204).end();
  });

  return router;
}

/** It may be more than fits the memory: made while it is sent. */
async function* personalData(
  identity: string,
  parts: readonly AsyncIterable<PersonalRecord>[],
): AsyncGenerator<string> {
  yield `{"identity":${JSON.stringify(identity)},"records":[`;
  let separator = '\n';
  for (const records of parts) {
    for await (const record of records) {
      yield `${separator}${JSON.stringify(record)}`;
      separator = ',\n';
    }
  }
  yield '\n]}\n';
}

function identityOf(request: Request): string {
  return parseInput(nameSchema, request.params.identity, 'identity');
}
