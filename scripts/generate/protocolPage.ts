import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as accessToken from '../../protocol/accessToken.ts';
import { roleGrants, roles, sourceKinds, sources, type Grants } from '../../protocol/grants.ts';
import { limits } from '../../protocol/limits.ts';
import * as participants from '../../protocol/participants.ts';
import * as rtp from '../../protocol/rtp.ts';
import * as signaling from '../../protocol/signaling.ts';
import * as stills from '../../protocol/stills.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { describeFields, type SchemaContext } from './describeSchema.ts';
import { fieldDocs } from './fieldDocs.ts';
import { code, fillTemplate, table } from './markdown.ts';
import { namedObjects, noticeSections, objectSections, requestSections } from './messageSections.ts';

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
  const { helloSchema, ...exported } = { ...signaling, ...participants, ...stills, ...rtp };
  const objects = namedObjects(exported);
  const context: SchemaContext = { docs, named: new Map(objects.map(({ schema, title }) => [schema, title])) };
  const template = readFileSync(join(import.meta.dirname, 'templates/protocol.md'), 'utf8');
  return fillTemplate(template, {
    version: String(PROTOCOL_VERSION),
    path: signaling.SIGNALING_PATH,
    claims: describeFields(accessToken.accessTokenClaimsSchema, 'accessTokenClaimsSchema', context),
    grants: grantsTable(docs),
    sources: sources.map((source) => `${code(source)} (${sourceKinds[source]})`).join(', '),
    hello: describeFields(helloSchema, 'helloSchema', context),
    snapshot: describeFields(signaling.snapshotSchema, 'snapshotSchema', context),
    requests: requestSections(signaling.requests, 'requests', context),
    serverNotifications: noticeSections(signaling.serverNotifications, 'serverNotifications', context),
    clientNotifications: noticeSections(signaling.clientNotifications, 'clientNotifications', context),
    objects: objectSections(
      objects.filter(({ schema }) => schema !== signaling.snapshotSchema),
      context,
    ),
    limits: table(
      ['limit', 'value'],
      Object.entries(limits).map(([name, value]) => [docs.get(`limits.${name}`) ?? name, value.toLocaleString('en')]),
    ),
  });
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
