import { z } from 'zod';
import { configSchema, keyDocs, type KeyDoc } from './schema.ts';

/** How a value is written in the environment. */
export type ValueForm = 'text' | 'number' | 'boolean' | 'list' | 'pairs' | 'json';

/** One leaf of the configuration with everything that help, documentation and error texts say about it. */
export interface ConfigKey {
  /** e.g. `http.port` */
  path: string;
  /** e.g. `CHAXI_HTTP_PORT` */
  envName: string;
  doc: string;
  secret: boolean;
  form: ValueForm;
  /** May be null; an empty variable says so. */
  nullable: boolean;
  default: unknown;
  /** What is right, as the end of the sentence "must be …". */
  expects: string;
}

export const ENV_PREFIX = 'CHAXI_';

export function envNameOf(path: string): string {
  return ENV_PREFIX + path.replaceAll('.', '_').replace(/[A-Z]/g, '_$&').toUpperCase();
}

/** Every key in the order of the schema. */
export const configKeys: readonly ConfigKey[] = collectKeys(configSchema, []);

function collectKeys(section: z.ZodObject, parents: readonly string[]): ConfigKey[] {
  return Object.entries(section.shape).flatMap(([name, schema]) => {
    const path = [...parents, name];
    const inner = schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
    return inner instanceof z.ZodObject ? collectKeys(inner, path) : [describeKey(path.join('.'), inner)];
  });
}

function describeKey(path: string, schema: z.core.$ZodType): ConfigKey {
  const docs = keyDocs.get(schema);
  if (!(schema instanceof z.ZodDefault) || docs === undefined) {
    throw new TypeError(`configuration key ${path} needs a default and a doc`);
  }
  const withoutDefault = schema.unwrap();
  const nullable = withoutDefault instanceof z.ZodNullable;
  const value = nullable ? withoutDefault.unwrap() : withoutDefault;
  return {
    path,
    envName: envNameOf(path),
    doc: docs.doc,
    secret: docs.secret ?? false,
    form: formOf(value),
    nullable,
    default: schema.def.defaultValue,
    expects: docs.expects ?? expectationOf(path, value),
  };
}

function formOf(schema: z.core.$ZodType): ValueForm {
  if (schema instanceof z.ZodNumber) {
    return 'number';
  }
  if (schema instanceof z.ZodBoolean) {
    return 'boolean';
  }
  if (schema instanceof z.ZodRecord) {
    return 'pairs';
  }
  if (schema instanceof z.ZodArray) {
    return schema.element instanceof z.ZodObject ? 'json' : 'list';
  }
  return 'text';
}

function expectationOf(path: string, schema: z.core.$ZodType): Required<KeyDoc>['expects'] {
  if (schema instanceof z.ZodNumber) {
    return `a whole number from ${schema.minValue} to ${schema.maxValue}`;
  }
  if (schema instanceof z.ZodBoolean) {
    return 'true or false';
  }
  if (schema instanceof z.ZodEnum) {
    return `one of ${schema.options.join(', ')}`;
  }
  throw new TypeError(`configuration key ${path} must say what it expects`);
}
