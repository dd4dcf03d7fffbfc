import { PHONE_WIDTH } from './panels.ts';

export type ControlName =
  | 'microphone'
  | 'camera'
  | 'teaCloseUp'
  | 'screen'
  | 'guide'
  | 'notes'
  | 'chat'
  | 'stills'
  | 'people'
  | 'settings'
  | 'leave';

export interface ControlsInput {
  /** CSS pixels of the bar. */
  width: number;
  /** What there is to do here, in the order in which it stands. */
  controls: readonly ControlName[];
  /** Leads the tasting. */
  leads: boolean;
}

export interface ControlsPlan {
  bar: ControlName[];
  /** Behind one button, because there is no room for them. */
  more: ControlName[];
}

/** CSS pixels that a control needs with its word. */
const CONTROL = 76;
/** On a phone with smaller words, so that a thumb reaches all of them. */
const PHONE_CONTROL = 54;
const MOST_ON_PHONE = 7;
/** For the name of the room, and the edges. */
const TITLE = 200;

/** What must never be searched for comes first. Who leads shows the cup; who tastes writes notes. */
const urgency = {
  leads: [
    'microphone',
    'leave',
    'camera',
    'teaCloseUp',
    'guide',
    'chat',
    'people',
    'notes',
    'stills',
    'screen',
    'settings',
  ],
  tastes: [
    'microphone',
    'leave',
    'camera',
    'guide',
    'chat',
    'notes',
    'people',
    'teaCloseUp',
    'stills',
    'screen',
    'settings',
  ],
} as const satisfies Record<string, readonly ControlName[]>;

/** What is in the bar, and what is behind “more”, in the order in which it was given. */
export function arrangeControls({ width, controls, leads }: ControlsInput): ControlsPlan {
  const places = placesIn(width);
  if (controls.length <= places) return { bar: [...controls], more: [] };
  const first = urgency[leads ? 'leads' : 'tastes'].filter((name) => controls.includes(name)).slice(0, places - 1);
  const isFirst = (name: ControlName) => first.includes(name);
  return { bar: controls.filter(isFirst), more: controls.filter((name) => !isFirst(name)) };
}

function placesIn(width: number): number {
  if (width > PHONE_WIDTH) return Math.floor((width - TITLE) / CONTROL);
  return Math.max(3, Math.min(MOST_ON_PHONE, Math.floor(width / PHONE_CONTROL)));
}
