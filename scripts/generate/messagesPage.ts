import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as accessToken from '../../protocol/accessToken.ts';
import * as conversations from '../../protocol/conversations.ts';
import * as messages from '../../protocol/messages.ts';
import * as realtime from '../../protocol/realtime.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { describeFields, type SchemaContext } from './describeSchema.ts';
import { fieldDocs } from './fieldDocs.ts';
import { fillTemplate } from './markdown.ts';
import { namedObjects, noticeSections, objectSections, requestSections } from './messageSections.ts';

const protocolFolder = join(import.meta.dirname, '../../protocol');
const documentedFiles = ['accessToken', 'conversations', 'messages', 'realtime'];

/** docs/messages.md: the prose of the template, with every request, event and object from the schemas. */
export function messagesPage(): string {
  const docs = new Map(documentedFiles.flatMap((name) => [...fieldDocs(join(protocolFolder, `${name}.ts`))]));
  const { realtimeAuthSchema, ...exported } = { ...conversations, ...messages, ...realtime };
  const objects = namedObjects(exported);
  const context: SchemaContext = { docs, named: new Map(objects.map(({ schema, title }) => [schema, title])) };
  const template = readFileSync(join(import.meta.dirname, 'templates/messages.md'), 'utf8');
  return fillTemplate(template, {
    version: String(PROTOCOL_VERSION),
    path: realtime.REALTIME_PATH,
    claims: describeFields(
      accessToken.messagingClaimsSchema.pick({ room: true, role: true, counter: true }),
      'messagingClaimsSchema',
      context,
    ),
    auth: describeFields(realtimeAuthSchema, 'realtimeAuthSchema', context),
    requests: requestSections(realtime.realtimeRequests, 'realtimeRequests', context),
    notices: noticeSections(realtime.realtimeNotices, 'realtimeNotices', context),
    events: noticeSections(realtime.realtimeEvents, 'realtimeEvents', context, ' (event)'),
    objects: objectSections(objects, context),
  });
}
