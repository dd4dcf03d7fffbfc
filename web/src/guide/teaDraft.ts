import {
  bytesOfGuide,
  limits,
  type Guide,
  type GuideInput,
  type Tea,
  type TeaInput,
} from '../../../client-sdk/src/index.ts';
import { parseSeconds } from './infusionTime.ts';

/** A tea while it is written: every field as it was typed, so that nothing is lost that can not be read yet. */
export interface TeaDraft {
  teaId: string;
  name: string;
  origin: string;
  harvest: string;
  leafGrams: string;
  waterCelsius: string;
  vessel: string;
  vesselMl: string;
  infusions: readonly string[];
  /** In a row, with commas. */
  flavours: string;
  notes: string;
}
export type TeaField = Exclude<keyof TeaDraft, 'teaId'>;
export const teaFields: readonly TeaField[] = [
  'name',
  'origin',
  'harvest',
  'leafGrams',
  'waterCelsius',
  'vessel',
  'vesselMl',
  'infusions',
  'flavours',
  'notes',
];

export interface GuideDraft {
  title: string;
  teas: readonly TeaDraft[];
}

/** Why something can not be saved as it is typed. */
export type Problem =
  | { kind: 'missing' }
  | { kind: 'number'; least: number; most: number }
  | { kind: 'time'; most: number }
  | { kind: 'tooMany'; most: number }
  | { kind: 'tooLong'; most: number }
  | { kind: 'tooMuch' };

/** By `title`, or by teaId and field: `t1/name`; by `guide` where there is too much of it, and nothing else is wrong. */
export type Problems = ReadonlyMap<string, Problem>;

/** Seconds of an infusion at most. */
const MOST_SECONDS = 3_600;
const numbers = {
  leafGrams: { least: 0.1, most: 1_000, whole: false },
  waterCelsius: { least: 1, most: 100, whole: true },
  vesselMl: { least: 1, most: 10_000, whole: true },
} as const;

export function emptyTea(teaId: string): TeaDraft {
  return toTeaDraft({
    teaId,
    name: '',
    origin: '',
    harvest: '',
    leafGrams: null,
    waterCelsius: null,
    vessel: '',
    vesselMl: null,
    infusionSeconds: [],
    flavours: [],
    notes: '',
  });
}

export function toGuideDraft(guide: Guide | null, listSeparator = ', '): GuideDraft {
  return { title: guide?.title ?? '', teas: (guide?.teas ?? []).map((tea) => toTeaDraft(tea, listSeparator)) };
}

function toTeaDraft({ infusionSeconds, flavours, ...tea }: Tea, listSeparator = ', '): TeaDraft {
  return {
    ...tea,
    leafGrams: String(tea.leafGrams ?? ''),
    waterCelsius: String(tea.waterCelsius ?? ''),
    vesselMl: String(tea.vesselMl ?? ''),
    infusions: infusionSeconds.map(String),
    flavours: flavours.join(listSeparator),
  };
}

/** What is typed as a guide; meaningful where there are no problems. Empty fields for infusions are left out. */
export function readGuideDraft({ title, teas }: GuideDraft): { guide: GuideInput; problems: Problems } {
  const problems = new Map<string, Problem>();
  checkName(title, 'title', problems);
  const guide = { title: title.trim(), teas: teas.map((tea) => readTea(tea, problems)) };
  if (problems.size === 0 && bytesOfGuide(guide) > limits.guideBytes) problems.set('guide', { kind: 'tooMuch' });
  return { guide, problems };
}

function readTea(tea: TeaDraft, problems: Map<string, Problem>): TeaInput {
  const { teaId } = tea;
  const key = (field: TeaField) => `${teaId}/${field}`;
  const words = (field: 'origin' | 'harvest' | 'vessel') => {
    const text = tea[field].trim();
    if (text.length > limits.nameLength) problems.set(key(field), { kind: 'tooLong', most: limits.nameLength });
    return text;
  };
  const number = (field: keyof typeof numbers) => {
    const { least, most, whole } = numbers[field];
    const text = tea[field].trim().replace(',', '.');
    if (text === '') return null;
    const value = Number(text);
    const isGood = value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!isGood) problems.set(key(field), { kind: 'number', least, most });
    return value;
  };
  checkName(tea.name, key('name'), problems);
  const notes = tea.notes.trim();
  if (notes.length > limits.guideText) problems.set(key('notes'), { kind: 'tooLong', most: limits.guideText });
  return {
    teaId,
    name: tea.name.trim(),
    origin: words('origin'),
    harvest: words('harvest'),
    leafGrams: number('leafGrams'),
    waterCelsius: number('waterCelsius'),
    vessel: words('vessel'),
    vesselMl: number('vesselMl'),
    infusionSeconds: readInfusions(tea.infusions, key('infusions'), problems),
    flavours: readFlavours(tea.flavours, key('flavours'), problems),
    notes,
  };
}

function checkName(name: string, key: string, problems: Map<string, Problem>): void {
  const { length } = name.trim();
  if (length === 0) problems.set(key, { kind: 'missing' });
  if (length > limits.nameLength) problems.set(key, { kind: 'tooLong', most: limits.nameLength });
}

function readInfusions(texts: readonly string[], key: string, problems: Map<string, Problem>): number[] {
  const seconds = texts.filter((text) => text.trim() !== '').map(parseSeconds);
  if (!seconds.every((value) => value !== null && value >= 1 && value <= MOST_SECONDS)) {
    problems.set(key, { kind: 'time', most: MOST_SECONDS });
  }
  return seconds.map((value) => value ?? 0);
}

function readFlavours(text: string, key: string, problems: Map<string, Problem>): string[] {
  const flavours = text
    .split(/[,，、;；\n]/)
    .map((flavour) => flavour.trim())
    .filter((flavour) => flavour !== '');
  const { guideFlavours: most, nameLength } = limits;
  if (flavours.length > most) problems.set(key, { kind: 'tooMany', most });
  if (flavours.some(({ length }) => length > nameLength)) problems.set(key, { kind: 'tooLong', most: nameLength });
  return flavours;
}
