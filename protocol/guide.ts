import { z } from 'zod';
import { bytesOfGuide } from './bytesOfGuide.ts';
import { limits } from './limits.ts';
import { nameSchema } from './participants.ts';

/** A line of words, which may be empty. */
const words = z.string().max(limits.nameLength);

export const teaIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1 to 40 letters, digits, hyphens and underscores');

/** One tea of a guide, and how it is made. Null is what nobody said. */
export const teaSchema = z.object({
  /** Chosen by the author, unique in the guide; tasting notes name it, so it stays when the tea is moved or renamed. */
  teaId: teaIdSchema,
  name: nameSchema,
  /** Where it grew. */
  origin: words.default(''),
  /** When it was picked, in words: `spring 2026`. */
  harvest: words.default(''),
  /** Grams of dry leaf. */
  leafGrams: z.number().min(0.1).max(1_000).nullable().default(null),
  /** Degrees Celsius of the water. */
  waterCelsius: z.int().min(1).max(100).nullable().default(null),
  /** What it is made in: `gaiwan`. */
  vessel: words.default(''),
  /** Millilitres of the vessel. */
  vesselMl: z.int().min(1).max(10_000).nullable().default(null),
  /** Seconds of each infusion, the first first. */
  infusionSeconds: z.array(z.int().min(1).max(3_600)).max(limits.guideInfusions).default([]),
  flavours: z.array(nameSchema).max(limits.guideFlavours).default([]),
  notes: z.string().max(limits.guideText).default(''),
});
export type Tea = z.infer<typeof teaSchema>;
/** As an author may write it, what has a default left out. */
export type TeaInput = z.input<typeof teaSchema>;

/** What will be tasted, in order. */
export const guideSchema = z.object({
  title: nameSchema,
  teas: z
    .array(teaSchema)
    .max(limits.guideTeas)
    .refine((teas) => new Set(teas.map(({ teaId }) => teaId)).size === teas.length, 'must have each teaId once'),
});
export type Guide = z.infer<typeof guideSchema>;
export type GuideInput = z.input<typeof guideSchema>;

/** What an author sends. */
export const guideInputSchema = guideSchema.refine(
  (guide) => bytesOfGuide(guide) <= limits.guideBytes,
  `must have ${limits.guideBytes} bytes of JSON at most`,
);

export const guideStateSchema = z.object({
  /** Grows with each change; 0 where there never was a guide. */
  revision: z.int(),
  /** Null where there is none. */
  guide: guideSchema.nullable(),
});
export type GuideState = z.infer<typeof guideStateSchema>;

/** How an infusion is timed. Times are milliseconds of the clock that `ping` tells, which never jumps. */
export const stepTimerSchema = z.object({
  /** Since when it runs; null while it stands. */
  runningSince: z.number().nullable(),
  /** Milliseconds that had passed before that. */
  elapsedMs: z.number().min(0),
  /** Milliseconds of the whole infusion. It goes on beyond them, until someone stops it. */
  durationMs: z.int().min(1_000).max(3_600_000),
});
export type StepTimer = z.infer<typeof stepTimerSchema>;

/** Where a tasting stands. */
export const stepSchema = z.object({
  /** Grows with each change. */
  revision: z.int(),
  /** The tea on the table; null before the first and after the last. */
  teaId: teaIdSchema.nullable(),
  /** Which infusion of it, 0 for the first. */
  infusion: z
    .int()
    .min(0)
    .max(limits.guideInfusions - 1),
  /** Null where the infusion has no time. */
  timer: stepTimerSchema.nullable(),
});
export type TastingStep = z.infer<typeof stepSchema>;
