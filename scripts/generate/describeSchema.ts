import { z } from 'zod';
import { code, table } from './markdown.ts';

export interface SchemaContext {
  /** Doc comments by path, see fieldDocs. */
  docs: ReadonlyMap<string, string>;
  /** Schemas that have a section of their own, and its name. */
  named: ReadonlyMap<z.core.$ZodType, string>;
}

/** What a message carries: a link where the schema has a name, else the table of its fields. */
export function describeData(schema: z.ZodType, docPath: string, context: SchemaContext): string {
  return schema instanceof z.ZodObject && !context.named.has(schema)
    ? describeFields(schema, docPath, context)
    : describeType(schema, context);
}

/** The fields of an object as a table; objects in it that have no name of their own become rows `outer.inner`. */
export function describeFields(schema: z.ZodObject, docPath: string, context: SchemaContext): string {
  const rows = fieldRows(schema, '', docPath, context);
  return rows.length === 0 ? 'Nothing.' : table(['field', 'type', 'meaning'], rows);
}

function fieldRows(schema: z.ZodObject, prefix: string, docPath: string, context: SchemaContext): string[][] {
  return Object.entries(schema.shape).flatMap(([key, field]) => {
    const { inner, optional, nullable, defaultValue } = unwrap(field);
    const path = `${docPath}.${key}`;
    const element = inner instanceof z.ZodArray ? unwrap(inner.element).inner : inner;
    const nested = element instanceof z.ZodObject && !context.named.has(element);
    const label = prefix + key;
    const notes = [nullable ? ' or null' : '', defaultValue === undefined ? '' : `, default ${defaultValue}`].join('');
    const row = [
      code(label) + (optional ? ' (optional)' : ''),
      describeType(inner, context) + notes,
      context.docs.get(path) ?? '',
    ];
    const below = inner instanceof z.ZodArray ? `${label}[].` : `${label}.`;
    return nested ? [row, ...fieldRows(element, below, path, context)] : [row];
  });
}

/** A type in words. Throws on a kind of schema that it has no words for, so that none goes undocumented. */
export function describeType(schema: z.core.$ZodType, context: SchemaContext): string {
  const { inner } = unwrap(schema);
  const name = context.named.get(inner);
  if (name !== undefined) {
    return linkTo(name);
  }
  if (inner instanceof z.ZodUUID) {
    return 'UUID';
  }
  if (inner instanceof z.ZodURL) {
    return 'address (http or https)';
  }
  if (inner instanceof z.ZodLiteral) {
    return [...inner.values].map((value) => code(JSON.stringify(value))).join(' or ');
  }
  if (inner instanceof z.ZodString) {
    return withBounds('string', [range(inner.minLength, inner.maxLength, ' characters'), ...messagesOf(inner)]);
  }
  if (inner instanceof z.ZodNumber) {
    return withBounds(inner.isInt ? 'whole number' : 'number', [range(...boundsOf(inner))]);
  }
  if (inner instanceof z.ZodBoolean) {
    return 'boolean';
  }
  if (inner instanceof z.ZodEnum) {
    return `one of ${inner.options.map((option) => code(String(option))).join(', ')}`;
  }
  if (inner instanceof z.ZodArray) {
    const length = range(lengthOf(inner, 'min_length'), lengthOf(inner, 'max_length'));
    return withBounds(`list of ${describeType(inner.element, context).replace(/^one of/, 'any of')}`, [length]);
  }
  if (inner instanceof z.ZodRecord) {
    return `map from ${describeType(inner.keyType, context)} to ${describeType(inner.valueType, context)}`;
  }
  if (inner instanceof z.ZodUnion) {
    return inner.options.map((option) => describeType(option, context)).join(' or ');
  }
  if (inner instanceof z.ZodObject) {
    return describeShape(inner, context);
  }
  throw new TypeError(`there are no words for a schema of type ${inner._zod.def.type}`);
}

/** In a union: `{ type: "text", text }`, where each name stands for its own type; else the fields follow as rows. */
function describeShape(schema: z.ZodObject, context: SchemaContext): string {
  const entries = Object.entries(schema.shape);
  if (!entries.some(([, field]) => field instanceof z.ZodLiteral)) return 'object';
  const fields = entries.map(([key, field]) => `${code(key)}: ${describeType(field, context)}`);
  return `an object with ${fields.join(', ')}`;
}

interface Unwrapped {
  inner: z.core.$ZodType;
  optional: boolean;
  nullable: boolean;
  defaultValue: unknown;
}

function unwrap(schema: z.core.$ZodType): Unwrapped {
  if (schema instanceof z.ZodOptional) {
    return { ...unwrap(schema.unwrap()), optional: true };
  }
  if (schema instanceof z.ZodNullable) {
    return { ...unwrap(schema.unwrap()), nullable: true };
  }
  if (schema instanceof z.ZodDefault) {
    return { ...unwrap(schema.unwrap()), optional: true, defaultValue: schema.def.defaultValue };
  }
  return { inner: schema, optional: false, nullable: false, defaultValue: undefined };
}

/** `z.int()` alone is bounded by what JavaScript counts exactly, which no reader needs to know. */
function boundsOf(schema: z.ZodNumber): [number | null, number | null] {
  const shown = (bound: number | null) => (bound === null || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? null : bound);
  return [shown(schema.minValue), shown(schema.maxValue)];
}

function lengthOf(schema: z.ZodArray, check: 'min_length' | 'max_length'): number | null {
  for (const { _zod } of schema.def.checks ?? []) {
    const { def } = _zod;
    if (def.check === check) {
      const limit: unknown = Reflect.get(def, check === 'min_length' ? 'minimum' : 'maximum');
      return typeof limit === 'number' ? limit : null;
    }
  }
  return null;
}

/** What own checks say when they fail: `must look like video/VP8`. */
function messagesOf(schema: z.ZodString): string[] {
  return (schema.def.checks ?? []).flatMap(({ _zod: { def } }) => {
    const message: unknown = typeof def.error === 'function' ? Reflect.apply(def.error, undefined, [{}]) : null;
    return typeof message === 'string' ? [message] : [];
  });
}

function range(minimum: number | null, maximum: number | null, unit = ''): string {
  if (maximum === null) {
    return minimum === null ? '' : `at least ${minimum}${unit}`;
  }
  return minimum === null ? `at most ${maximum}${unit}` : `${minimum} to ${maximum}${unit}`;
}

function withBounds(type: string, bounds: readonly string[]): string {
  const said = bounds.filter((bound) => bound !== '');
  return said.length === 0 ? type : `${type} (${said.join('; ')})`;
}

function linkTo(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}
