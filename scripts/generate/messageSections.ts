import { z } from 'zod';
import { describeData, describeFields, type SchemaContext } from './describeSchema.ts';
import { capitalize } from './markdown.ts';

/** An exported schema of objects that occur in messages. */
export interface NamedObject {
  title: string;
  /** Of the exported constant. */
  name: string;
  schema: z.ZodObject;
}

export function namedObjects(exported: Readonly<Record<string, unknown>>): NamedObject[] {
  return Object.entries(exported).flatMap(([name, schema]) =>
    schema instanceof z.ZodObject ? [{ title: capitalize(name.replace(/Schema$/, '')), name, schema }] : [],
  );
}

export function requestSections(
  contracts: Readonly<Record<string, { doc: string; request: z.ZodType; response: z.ZodType }>>,
  constant: string,
  context: SchemaContext,
): string {
  return Object.entries(contracts)
    .map(([name, { doc, request, response }]) =>
      [
        `### ${name}`,
        doc,
        after('Sent:', describeData(request, `${constant}.${name}.request`, context)),
        after('Answered:', describeData(response, `${constant}.${name}.response`, context)),
      ].join('\n\n'),
    )
    .join('\n\n');
}

/** What is sent without an answer. */
export function noticeSections(
  contracts: Readonly<Record<string, { doc: string; data: z.ZodType }>>,
  constant: string,
  context: SchemaContext,
  /** Where a request has the same name. */
  suffix = '',
): string {
  return Object.entries(contracts)
    .map(([name, { doc, data }]) =>
      [`### ${name}${suffix}`, doc, describeData(data, `${constant}.${name}.data`, context)].join('\n\n'),
    )
    .join('\n\n');
}

export function objectSections(objects: readonly NamedObject[], context: SchemaContext): string {
  return objects
    .map(({ title, name, schema }) =>
      [`### ${title}`, context.docs.get(name) ?? '', describeFields(schema, name, context)]
        .filter((part) => part !== '')
        .join('\n\n'),
    )
    .join('\n\n');
}

/** A table begins a paragraph of its own. */
function after(label: string, text: string): string {
  return text.startsWith('|') ? `${label}\n\n${text}` : `${label} ${text}`;
}
