import type { CameraMode, CameraSettings, ColorCorrection } from '../../../client-sdk/src/index.ts';

/** A color correction that was measured in this browser, and what it was worth. */
export interface MeasuredCorrection {
  correction: ColorCorrection;
  /** Mean CIEDE2000 of the card without it and with it. */
  before: number;
  after: number;
  /** Milliseconds since 1970. */
  measuredAt: number;
  /** How the camera stood: the correction holds for this alone. */
  camera: CameraSettings;
}

/** What is kept of one camera. */
export interface CameraMemory {
  /** What the person chose. */
  settings?: CameraSettings;
  correction?: MeasuredCorrection;
}

const KEY = 'chaxi.cameras';
/** The latest ones. Each takes about a kilobyte. */
const MOST_CAMERAS = 8;
/** Browsers' device ids have 64 characters; what is much longer is none. */
const LONGEST_ID = 256;

/** By device id, the one that was used last at the end. What can not be read is left out. */
export function parseCameraMemories(text: string | null): Map<string, CameraMemory> {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? '[]');
  } catch {
    return new Map();
  }
  if (!Array.isArray(stored)) return new Map();
  const entries = stored.flatMap((entry: unknown): [string, CameraMemory][] => {
    const [deviceId, memory] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const isId = typeof deviceId === 'string' && deviceId.length <= LONGEST_ID;
    return isId && isRecord(memory) ? [[deviceId, parseMemory(memory)]] : [];
  });
  return new Map(entries.slice(-MOST_CAMERAS));
}

/** With one camera's memory changed, and that camera the last. A value that is undefined forgets. */
export function remember(
  memories: ReadonlyMap<string, CameraMemory>,
  deviceId: string,
  change: CameraMemory,
): [string, CameraMemory][] {
  const memory = { ...memories.get(deviceId), ...change };
  const others = [...memories].filter(([id]) => id !== deviceId);
  return [...others, [deviceId, memory] as [string, CameraMemory]].slice(-MOST_CAMERAS);
}

/** A browser that keeps nothing (private mode, blocked storage) just forgets. */
export function loadCameraMemory(deviceId: string): CameraMemory {
  return loadAll().get(deviceId) ?? {};
}

export function saveCameraMemory(deviceId: string, change: CameraMemory): void {
  if (deviceId === '' || deviceId.length > LONGEST_ID) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(remember(loadAll(), deviceId, change)));
  } catch {
    // Nothing to do: the choice holds for this page.
  }
}

function loadAll(): Map<string, CameraMemory> {
  try {
    return parseCameraMemories(localStorage.getItem(KEY));
  } catch {
    return new Map();
  }
}

function parseMemory({ settings, correction }: Record<string, unknown>): CameraMemory {
  const parsed = parseCorrection(correction);
  return {
    ...(isRecord(settings) ? { settings: parseSettings(settings) } : {}),
    ...(parsed ? { correction: parsed } : {}),
  };
}

function parseSettings({ whiteBalance, exposure, focus, torch, zoom }: Record<string, unknown>): CameraSettings {
  return {
    ...(isRecord(whiteBalance) ? { whiteBalance: pick(whiteBalance, ['temperature']) } : {}),
    ...(isRecord(exposure) ? { exposure: pick(exposure, ['compensation', 'time', 'iso']) } : {}),
    ...(isRecord(focus) ? { focus: pick(focus, ['distance']) } : {}),
    ...(typeof torch === 'boolean' ? { torch } : {}),
    ...(isNumber(zoom) ? { zoom } : {}),
  };
}

/** The mode and the finite numbers of these names. */
function pick<Name extends string>(
  group: Record<string, unknown>,
  names: readonly Name[],
): { mode?: CameraMode } & Partial<Record<Name, number>> {
  const values = names.flatMap((name) => (isNumber(group[name]) ? [[name, group[name]] as const] : []));
  const { mode } = group;
  return {
    ...(mode === 'manual' || mode === 'continuous' ? { mode: mode as CameraMode } : {}),
    ...(Object.fromEntries(values) as Partial<Record<Name, number>>),
  };
}

function parseCorrection(given: unknown): MeasuredCorrection | undefined {
  if (!isRecord(given) || !isRecord(given.correction)) return undefined;
  const { before, after, measuredAt, camera } = given;
  const { gains, matrix } = given.correction;
  if (!isNumber(before) || !isNumber(after) || !isNumber(measuredAt)) return undefined;
  if (!areNumbers(gains, 3) || !areNumbers(matrix, 9)) return undefined;
  const correction = { gains, matrix } as unknown as ColorCorrection;
  return { correction, before, after, measuredAt, camera: isRecord(camera) ? parseSettings(camera) : {} };
}

function areNumbers(value: unknown, count: number): value is number[] {
  return Array.isArray(value) && value.length === count && value.every(isNumber);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
