import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import * as accessToken from '../../protocol/accessToken.ts';
import { roleGrants, roles, sourceKinds, sources, type Grants } from '../../protocol/grants.ts';
import { limits } from '../../protocol/limits.ts';
import * as participants from '../../protocol/participants.ts';
import * as rtp from '../../protocol/rtp.ts';
import * as signaling from '../../protocol/signaling.ts';
import * as stills from '../../protocol/stills.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { describeData, describeFields, type SchemaContext } from './describeSchema.ts';
import { fieldDocs } from './fieldDocs.ts';
import { capitalize, code, fillTemplate, table } from './markdown.ts';

const protocolFolder = join(import.meta.dirname, '../../protocol');
const documentedFiles = [
  'accessToken',
  'grants',
  'limits',
  'networkReport',
  'participants',
  'rtp',
  'signaling',
  'stills',
];

/** docs/protocol.md: the prose of the template, with every message, field and limit from the schemas. */
export function protocolPage(): string {
  const docs = new Map(documentedFiles.flatMap((name) => [...fieldDocs(join(protocolFolder, `${name}.ts`))]));
  const objects = namedObjects();
  const context: SchemaContext = { docs, named: new Map(objects.map(({ schema, title }) => [schema, title])) };
  const template = readFileSync(join(import.meta.dirname, 'templates/protocol.md'), 'utf8');
  return fillTemplate(template, {
    version: String(PROTOCOL_VERSION),
    path: signaling.SIGNALING_PATH,
    claims: describeFields(accessToken.accessTokenClaimsSchema, 'accessTokenClaimsSchema', context),
    grants: grantsTable(docs),
    sources: sources.map((source) => `${code(source)} (${sourceKinds[source]})`).join(', '),
    hello: describeFields(signaling.helloSchema, 'helloSchema', context),
    snapshot: describeFields(signaling.snapshotSchema, 'snapshotSchema', context),
    requests: Object.entries(signaling.requests)
      .map(([name, { doc, request, response }]) =>
        [
          `### ${name}`,
          doc,
          after('Sent:', describeData(request, `requests.${name}.request`, context)),
          after('Answered:', describeData(response, `requests.${name}.response`, context)),
        ].join('\n\n'),
      )
      .join('\n\n'),
    serverNotifications: notifications(signaling.serverNotifications, 'serverNotifications', context),
    clientNotifications: notifications(signaling.clientNotifications, 'clientNotifications', context),
    objects: objects
      .filter(({ schema }) => schema !== signaling.snapshotSchema)
      .map(({ title, name, schema }) =>
        [`### ${title}`, docs.get(name) ?? '', describeFields(schema, name, context)]
          .filter((part) => part !== '')
          .join('\n\n'),
      )
      .join('\n\n'),
    limits: table(
      ['limit', 'value'],
      Object.entries(limits).map(([name, value]) => [docs.get(`limits.${name}`) ?? name, value.toLocaleString('en')]),
    ),
  });
}

interface NamedObject {
  title: string;
  /** Of the exported constant. */
  name: string;
  schema: z.ZodObject;
}

/** Exported schemas of objects that occur in messages. */
function namedObjects(): NamedObject[] {
  return Object.entries({ ...signaling, ...participants, ...stills, ...rtp }).flatMap(([name, schema]) =>
    schema instanceof z.ZodObject && name !== 'helloSchema'
      ? [{ title: capitalize(name.replace(/Schema$/, '')), name, schema }]
      : [],
  );
}

function notifications(
  contracts: Readonly<Record<string, { doc: string; data: z.ZodType }>>,
  constant: string,
  context: SchemaContext,
): string {
  return Object.entries(contracts)
    .map(([name, { doc, data }]) =>
      [`### ${name}`, doc, describeData(data, `${constant}.${name}.data`, context)].join('\n\n'),
    )
    .join('\n\n');
}

/** A table begins a paragraph of its own. */
function after(label: string, text: string): string {
  return text.startsWith('|') ? `${label}\n\n${text}` : `${label} ${text}`;
}

function grantsTable(docs: ReadonlyMap<string, string>): string {
  const names = Object.keys(roleGrants.host) as (keyof Grants)[];
  return table(
    ['grant', 'meaning', ...roles],
    names.map((name) => [
      code(name),
      docs.get(`Grants.${name}`) ?? '',
      ...roles.map((role) => grantText(roleGrants[role][name])),
    ]),
  );
}

function grantText(grant: Grants[keyof Grants]): string {
  if (typeof grant === 'boolean') {
    return grant ? 'yes' : 'no';
  }
  return grant.length === sources.length ? 'every source' : grant.length === 0 ? 'none' : grant.join(', ');
}
