import type { z } from 'zod';

/** One kind of document that a room has, and the forms in which it goes to the database and to other nodes. Both are what JSON can say. */
export interface RecordPart<T> {
  /** Before it was ever written. */
  readonly initial: T;
  toStored(value: T): unknown;
  /** @throws where a later version wrote it, and this one does not understand it */
  fromStored(stored: unknown): T;
  toTold(value: T): unknown;
  /** @throws as `fromStored` */
  fromTold(told: unknown): T;
}

/** A document that reads the same everywhere. */
export function plainPart<S extends z.ZodType>(schema: S, initial: z.output<S>): RecordPart<z.output<S>> {
  const same = (value: z.output<S>): unknown => value;
  const parse = (value: unknown) => schema.parse(value);
  return { initial, toStored: same, fromStored: parse, toTold: same, fromTold: parse };
}
