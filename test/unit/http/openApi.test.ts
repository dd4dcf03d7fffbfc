import { expect } from 'chai';
import { errorCodes } from '../../../protocol/errorCodes.ts';
import { openApiDocument } from '../../../server/http/openApi.ts';
import { appForSuite, basicAuth } from './startHttpApp.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, { description: string }> }>>;
  components: { schemas: Record<string, { required?: string[]; properties?: Record<string, unknown> }> };
}

describe('the OpenAPI document', () => {
  const app = appForSuite();
  const document = openApiDocument() as unknown as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );

  it('is served to everyone', async () => {
    const response = await fetch(`${app.current.url}/v1/openapi.json`);
    expect(response.status).to.equal(200);
    expect(await response.json()).to.deep.equal(JSON.parse(JSON.stringify(document)));
  });

  it('describes version 3.1, and refers only to schemas that it has', () => {
    expect(document.openapi).to.match(/^3\.1\./);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
    expect(references).to.not.be.empty;
    for (const reference of references) {
      expect(Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)).to.include(
        reference,
      );
    }
  });

  it('takes limits and required fields from the schemas that check requests', () => {
    const { CreateRoom } = document.components.schemas;
    expect(CreateRoom?.required).to.deep.equal(['name']);
    expect(CreateRoom?.properties).to.have.nested.property('maxParticipants.maximum', 10_000);
  });

  it('describes only operations that there are', async () => {
    for (const { path, method, operationId } of operations) {
      const response = await fetch(`${app.current.url}${path.replace(/\{\w+\}/g, 'tea')}`, {
        method: method.toUpperCase(),
        headers: basicAuth(),
      });
      expect(await response.text(), operationId).to.not.include('"notFound"');
    }
  });

  it('describes all operations that there are', () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`)).to.have.members([
      'post /v1/rooms',
      'get /v1/rooms',
      'get /v1/rooms/{name}',
      'delete /v1/rooms/{name}',
      'get /v1/rooms/{name}/stills',
      'delete /v1/rooms/{name}/stills/{stillId}',
      'get /v1/rooms/{name}/guide',
      'put /v1/rooms/{name}/guide',
      'delete /v1/rooms/{name}/guide',
      'get /v1/rooms/{name}/notes',
      'post /v1/rooms/{name}/invites',
      'get /v1/rooms/{name}/invites',
      'delete /v1/rooms/{name}/invites/{inviteId}',
      'post /v1/conversations',
      'get /v1/conversations',
      'get /v1/conversations/{conversationId}',
      'delete /v1/conversations/{conversationId}',
      'get /v1/conversations/{conversationId}/members',
      'put /v1/conversations/{conversationId}/members',
      'delete /v1/conversations/{conversationId}/members/{identity}',
      'post /v1/conversations/{conversationId}/messages',
      'get /v1/people/{identity}/export',
      'delete /v1/people/{identity}',
    ]);
  });

  it('names the codes of each error status', () => {
    for (const { operationId, responses } of operations) {
      for (const [status, { description }] of Object.entries(responses).filter(([status]) => Number(status) >= 400)) {
        const codes = Object.entries(errorCodes).filter(([code]) => description.includes(`\`${code}\``));
        expect(codes, `${operationId} ${status}`).to.not.be.empty;
        expect(codes.every(([, error]) => String(error.status) === status)).to.equal(true);
      }
    }
  });
});
