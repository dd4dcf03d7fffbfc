/** Modes of white balance, exposure and focus (W3C Image Capture, section 7): held by hand, or followed by the camera. */
export type CameraMode = 'none' | 'manual' | 'single-shot' | 'continuous';

export interface CameraRange {
  min: number;
  max: number;
  /** 0 where every value between is possible. */
  step: number;
}

/** What a camera lets a page adjust. What it does not have is missing; many cameras and browsers have nothing of it. */
export interface CameraCapabilities {
  /** `temperature` in kelvin: that of the light which is to look white. */
  whiteBalance?: { modes: readonly CameraMode[]; temperature?: CameraRange };
  /** `compensation` in stops (EV), `time` in units of 100 µs, `iso` as on a photographic camera. */
  exposure?: { modes: readonly CameraMode[]; compensation?: CameraRange; time?: CameraRange; iso?: CameraRange };
  /** `distance` in metres, as far as the camera is honest about it. */
  focus?: { modes: readonly CameraMode[]; distance?: CameraRange };
  torch?: true;
  /** In the camera's own unit. */
  zoom?: CameraRange;
}

/** Present or wanted values, in the units of `CameraCapabilities`. */
export interface CameraSettings {
  whiteBalance?: { mode?: CameraMode; temperature?: number };
  exposure?: { mode?: CameraMode; compensation?: number; time?: number; iso?: number };
  focus?: { mode?: CameraMode; distance?: number };
  torch?: boolean;
  zoom?: number;
}

/** What a camera can hold, or choose by itself all the time. */
export const heldFeatures = ['whiteBalance', 'exposure', 'focus'] as const satisfies (keyof CameraSettings)[];
export type HeldFeature = (typeof heldFeatures)[number];

/** The names that tracks use for the same (W3C Image Capture, section 5), which TypeScript does not know all of. */
export interface ImageCaptureSettings {
  whiteBalanceMode?: string;
  colorTemperature?: number;
  exposureMode?: string;
  exposureCompensation?: number;
  exposureTime?: number;
  iso?: number;
  focusMode?: string;
  focusDistance?: number;
  torch?: boolean;
  zoom?: number;
}

type Name = keyof ImageCaptureSettings;

/** What a track may say of each name. Older browsers say `torch` as a list. */
export type ImageCaptureCapabilities = {
  [N in Name]?: string[] | { min?: number; max?: number; step?: number } | boolean | boolean[];
};

/** What belongs together: Chromium takes the settings of one constraint set as a whole or not at all. */
const groups = [
  ['whiteBalanceMode', 'colorTemperature'],
  ['exposureMode', 'exposureCompensation', 'exposureTime', 'iso'],
  ['focusMode', 'focusDistance'],
  ['torch'],
  ['zoom'],
] as const satisfies readonly Name[][];

/** The values that a camera keeps only while it does not choose them itself. */
const heldBy = {
  whiteBalanceMode: ['colorTemperature'],
  exposureMode: ['exposureTime', 'iso'],
  focusMode: ['focusDistance'],
} as const satisfies Partial<Record<Name, readonly Name[]>>;

type ModeName = keyof typeof heldBy;
const modeNames = Object.keys(heldBy) as ModeName[];

export function readCapabilities(given: ImageCaptureCapabilities): CameraCapabilities {
  const whiteBalance = { modes: readModes(given.whiteBalanceMode), temperature: readRange(given.colorTemperature) };
  const exposure = {
    modes: readModes(given.exposureMode),
    compensation: readRange(given.exposureCompensation),
    time: readRange(given.exposureTime),
    iso: readRange(given.iso),
  };
  const focus = { modes: readModes(given.focusMode), distance: readRange(given.focusDistance) };
  const { torch } = given;
  return dropMissing({
    whiteBalance: unlessEmpty(whiteBalance),
    exposure: unlessEmpty(exposure),
    focus: unlessEmpty(focus),
    torch: torch === true || (Array.isArray(torch) && torch.some((value) => value === true)) ? true : undefined,
    zoom: readRange(given.zoom),
  });
}

/** The values of what the camera has. */
export function readSettings(given: ImageCaptureSettings, capabilities: CameraCapabilities): CameraSettings {
  const all = {
    whiteBalance: { mode: given.whiteBalanceMode as CameraMode, temperature: given.colorTemperature },
    exposure: {
      mode: given.exposureMode as CameraMode,
      compensation: given.exposureCompensation,
      time: given.exposureTime,
      iso: given.iso,
    },
    focus: { mode: given.focusMode as CameraMode, distance: given.focusDistance },
    torch: given.torch,
    zoom: given.zoom,
  };
  const { whiteBalance, exposure, focus } = capabilities;
  return dropMissing({
    whiteBalance: whiteBalance && dropMissing(all.whiteBalance),
    exposure: exposure && dropMissing(all.exposure),
    focus: focus && dropMissing(all.focus),
    torch: capabilities.torch && all.torch,
    zoom: capabilities.zoom && all.zoom,
  });
}

/**
 * Wanted values in the names of a track: without what the camera does not have, and each number the nearest that it can. A
 * value that a camera keeps only in manual mode brings that mode with it.
 */
export function toImageCapture(settings: CameraSettings, capabilities: CameraCapabilities): ImageCaptureSettings {
  const { whiteBalance, exposure, focus } = settings;
  const has = capabilities;
  const flat: ImageCaptureSettings = dropMissing({
    whiteBalanceMode: knownMode(whiteBalance?.mode, has.whiteBalance?.modes),
    colorTemperature: nearest(whiteBalance?.temperature, has.whiteBalance?.temperature),
    exposureMode: knownMode(exposure?.mode, has.exposure?.modes),
    exposureCompensation: nearest(exposure?.compensation, has.exposure?.compensation),
    exposureTime: nearest(exposure?.time, has.exposure?.time),
    iso: nearest(exposure?.iso, has.exposure?.iso),
    focusMode: knownMode(focus?.mode, has.focus?.modes),
    focusDistance: nearest(focus?.distance, has.focus?.distance),
    torch: has.torch && settings.torch,
    zoom: nearest(settings.zoom, has.zoom),
  });
  const modes = { whiteBalanceMode: has.whiteBalance, exposureMode: has.exposure, focusMode: has.focus };
  for (const name of modeNames) {
    const isHeld = heldBy[name].some((value) => flat[value] !== undefined);
    if (isHeld && flat[name] === undefined && modes[name]?.modes.includes('manual')) flat[name] = 'manual';
  }
  return flat;
}

/** What is wanted after a change: a mode that the camera follows by itself forgets the values that were held. */
export function mergeWanted(before: ImageCaptureSettings, change: ImageCaptureSettings): ImageCaptureSettings {
  const merged = { ...before, ...change };
  for (const name of modeNames) {
    const mode = change[name];
    if (mode === undefined || mode === 'manual') continue;
    for (const value of heldBy[name]) delete merged[value];
    // Focusing once is an act and nothing to come back to.
    if (mode === 'single-shot') delete merged[name];
  }
  return merged;
}

/** With the present values of what is held where none were wanted: a camera that is opened again would choose others. */
export function withHeldValues(wanted: ImageCaptureSettings, present: ImageCaptureSettings): ImageCaptureSettings {
  const held = modeNames.filter((name) => wanted[name] === 'manual').flatMap((name) => heldBy[name]);
  const missing = held.filter((value) => wanted[value] === undefined && present[value] !== undefined);
  return { ...wanted, ...Object.fromEntries(missing.map((value) => [value, present[value]])) };
}

/** One constraint set for each group, so that what stands together is taken together. */
export function toConstraintSets(settings: ImageCaptureSettings): ImageCaptureSettings[] {
  return groups
    .map((names) => Object.fromEntries(names.flatMap((name) => (name in settings ? [[name, settings[name]]] : []))))
    .filter((set) => Object.keys(set).length > 0);
}

/** This mode for those of the features that have it. */
export function inMode(
  mode: CameraMode,
  features: readonly HeldFeature[],
  capabilities: CameraCapabilities,
): CameraSettings {
  const having = features.filter((feature) => capabilities[feature]?.modes.includes(mode));
  return Object.fromEntries(having.map((feature) => [feature, { mode }]));
}

const knownModes: readonly unknown[] = ['none', 'manual', 'single-shot', 'continuous'] satisfies CameraMode[];

function readModes(given: unknown): readonly CameraMode[] {
  return Array.isArray(given) ? given.filter((mode): mode is CameraMode => knownModes.includes(mode)) : [];
}

/** Nothing can be chosen from a range of one value. */
function readRange(given: unknown): CameraRange | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { min, max, step = 0 } = given as Partial<CameraRange>;
  return typeof min === 'number' && typeof max === 'number' && min < max ? { min, max, step } : undefined;
}

function knownMode(mode: CameraMode | undefined, modes: readonly CameraMode[] = []): CameraMode | undefined {
  return mode && modes.includes(mode) ? mode : undefined;
}

function nearest(value: number | undefined, range: CameraRange | undefined): number | undefined {
  if (value === undefined || !range) return undefined;
  const { min, max, step } = range;
  const stepped = step > 0 ? min + Math.round((value - min) / step) * step : value;
  return Math.max(min, Math.min(max, stepped));
}

/** Null modes and ranges are left out; a group of nothing is missing. */
function unlessEmpty<T extends { modes: readonly CameraMode[] }>(group: T): T | undefined {
  const { modes, ...ranges } = dropMissing(group);
  return modes.length > 0 || Object.keys(ranges).length > 0 ? ({ modes, ...ranges } as T) : undefined;
}

function dropMissing<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
